using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// A child that speaks the protocol itself, step by step and by hand, on one thread; at one step it may go wrong.
/// </summary>
/// <remarks>Facets: Protocol (what an honest child does), Saying (what it writes).</remarks>
internal sealed partial class FakeChild : IChildProcess
{
    private readonly FakeScript _script;
    private readonly TaskCompletionSource<ChildExit> _exited = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly ManualResetEventSlim _killed = new();
    private readonly FakeWire _wire = new();
    private volatile bool _terminated;
    private volatile bool _frozen;

    public FakeChild(FakeScript script)
    {
        _script = script;
        _collector = new CollectingInbox(this);
    }

    /// <summary>Another number than that of this process makes the child a stranger to its parent.</summary>
    public int ProcessId { get; init; } = Environment.ProcessId;

    public Task<ChildExit> Exited => _exited.Task;

    /// <summary>Completes when the fault has happened.</summary>
    public Task Reached => _reached.Task;

    /// <summary>Completes when it has said that it is ready.</summary>
    public Task SaidReady => _ready.Task;

    public async Task SendStartAsync(ReadOnlyMemory<byte> message, CancellationToken cancellationToken)
    {
        if (_script.Fault is { Step: Step.StartMessage } fault)
        {
            _reached.TrySetResult();
            if (fault.Kind is FaultKind.Freeze)
            {
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }

            if (fault.Kind is FaultKind.Die or FaultKind.Leave)
            {
                Exit(fault.Kind == FaultKind.Die ? Killed : Left);
            }

            if (fault.Kind is not FaultKind.Withhold)
            {
                throw new IOException("Broken pipe");
            }

            return;
        }

        StartMessage start = StartMessage.Decode(message.ToArray());
        new Thread(() => Live(start)) { IsBackground = true, Name = "fake-child" }.Start();
    }

    /// <summary>What the launcher throws when the fault is that the child cannot be started.</summary>
    public ChildStartException FailSpawn()
    {
        _reached.TrySetResult();
        Exit(Killed);
        return new ChildStartException("No process could be started.");
    }

    public void Terminate() => _terminated = !_frozen;

    public void Kill() => Exit(Killed);

    public async ValueTask DisposeAsync()
    {
        Kill();
        await Exited;
    }

    private static ChildExit Killed => new(null, Native.SigKill, []);

    private static ChildExit Left => new(0, null, []);

    private void Exit(ChildExit exit)
    {
        _wire.Dispose();
        _killed.Set();
        _exited.TrySetResult(exit);
    }

    private void Live(StartMessage start)
    {
        _start = start;
        try
        {
            Introduce();
            Serve();
        }
        catch (Exception gone)
            when (_killed.IsSet
                || gone is System.Net.Sockets.SocketException or EndOfStreamException or ObjectDisposedException
            )
        {
            // Killed, or left by its parent; then it waits for its end.
        }

        _killed.Wait();
    }

    /// <summary>Does a step, or what the script says instead of it.</summary>
    private void At(Step step, Action act)
    {
        if (_script.Fault is not { } fault || fault.Step != step || (_reached.Task.IsCompleted && !fault.IsLasting))
        {
            act();
            return;
        }

        switch (fault.Kind)
        {
            case FaultKind.Freeze:
                Freeze();
                break;
            case FaultKind.Die:
                Exit(Killed);
                break;
            case FaultKind.Leave:
                Exit(Left);
                break;
            case FaultKind.HangUp:
                _wire.Dispose();
                break;
            case FaultKind.Half:
                _wire.Half = true;
                act();
                Freeze();
                break;
            case FaultKind.Trickle:
                _wire.Trickle = true;
                act();
                break;
            case FaultKind.Lie:
                fault.Tell!(this);
                break;
        }

        _reached.TrySetResult();
    }

    private void Freeze()
    {
        _frozen = true;
        _reached.TrySetResult();
        _killed.Wait();
        throw new ObjectDisposedException(nameof(FakeChild));
    }
}
