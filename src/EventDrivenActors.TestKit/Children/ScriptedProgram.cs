using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// The worker of a child, with a script in between: what comes in and goes out passes the script, or meets its fault.
/// </summary>
internal sealed class ScriptedProgram(IChildProgram program, ChildScript script, ScriptedChild child)
    : IChildProgram,
        ILink
{
    private ILink? _link;
    private StartMarks _marks = StartMarks.None;
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
    /// Earlier messages still arrive, so that a test knows what the parent knows; nothing starts any more.
    /// </summary>
    private async Task DieAsync()
    {
        _stalled = true;
        _marks.Close();
        await DrainAsync().ConfigureAwait(false);
        child.Process.Kill();
    }
}
