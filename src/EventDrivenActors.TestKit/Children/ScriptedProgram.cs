using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// Wraps the program of a child: each message in either direction passes the script, which may apply a fault to it.
/// </summary>
internal sealed class ScriptedProgram(IChildProgram program, ChildScript script, ScriptedChild child)
    : IChildProgram,
        ILink
{
    // Set once, before the child is ready.
    private ILink? _link;
    private StartMarks _marks = StartMarks.None;

    // Any thread: only ever set to true.
    private volatile bool _stalled;

    public void Prepare(ReadOnlyMemory<byte> configuration, StartMarks marks)
    {
        _marks = marks;
        program.Prepare(configuration, marks);
    }

    public Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving)
    {
        _link = link;
        return program.RunAsync(configuration, this, system, leaving);
    }

    public void OnReceived(ReadOnlyMemory<byte> message)
    {
        if (MessageCodec.Decode(message) is not WireMessage.Call || Passes(ChildStep.Call, out _))
        {
            if (!_stalled)
            {
                program.OnReceived(message);
            }
        }
    }

    public void OnClosed(string reason) => program.OnClosed(reason);

    public bool Send(ReadOnlyMemory<byte> message)
    {
        ChildStep? step = MessageCodec.Decode(message.ToArray()) switch
        {
            WireMessage.Ready => ChildStep.Ready,
            WireMessage.Started => ChildStep.Started,
            WireMessage.Settled => ChildStep.Result,
            _ => null,
        };
        bool dies = false;
        if (_stalled || (step is { } met && !Passes(met, out dies)))
        {
            return true;
        }

        bool sent = _link!.Send(message);
        if (dies)
        {
            _ = DieAsync();
        }

        return sent;
    }

    public bool SendControl(ReadOnlyMemory<byte> message) => _stalled || _link!.SendControl(message);

    public Task DrainAsync() => _link!.DrainAsync();

    private bool Passes(ChildStep step, out bool dies)
    {
        ChildFault fault = _stalled ? ChildFault.None : script.Meet(child, step);
        dies = fault == ChildFault.DieAfter;
        switch (fault)
        {
            case ChildFault.Stall:
                _stalled = true;
                return false;
            case ChildFault.Die:
                _ = DieAsync();
                return false;
            default:
                return fault != ChildFault.Lose;
        }
    }

    /// <summary>
    /// Kills the child after its earlier messages have arrived, so that a test knows what the parent has received. No
    /// event starts any more.
    /// </summary>
    private async Task DieAsync()
    {
        _stalled = true;
        _marks.Close();
        await DrainAsync().ConfigureAwait(false);
        child.Process.Kill();
    }
}
