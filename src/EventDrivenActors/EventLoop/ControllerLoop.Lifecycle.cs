namespace EventDrivenActors.EventLoop;

internal sealed partial class ControllerLoop
{
    private static readonly TimeSpan ClosingTime = TimeSpan.FromSeconds(4);
    private TaskCompletionSource _runEnd = Completed();
    private ShutdownOperation? _shutdown;
    private ControllerState _state;
    private ControllerState _finalState = ControllerState.Stopped;
    private bool _suspended;
    private int _step;
    private volatile bool _stepping;
    private volatile int _control = LoopControl.NotRunning;

    public ControllerState State
    {
        get
        {
            lock (_gate)
            {
                return _state == ControllerState.Running && _suspended ? ControllerState.Suspended : _state;
            }
        }
    }

    public bool IsStopping => Volatile.Read(ref _shutdown) is not null;

    /// <summary>Completes when the run has ended and been closed.</summary>
    public Task RunEnd
    {
        get
        {
            lock (_gate)
            {
                return _runEnd.Task;
            }
        }
    }

    /// <summary>Begins a run.</summary>
    /// <param name="context">What the events of the run know.</param>
    /// <param name="seen">The state that the caller has prepared the run from, where that can have changed.</param>
    /// <returns>Whether there was none, and the state is still the one that was seen.</returns>
    public bool Run(SessionContext? context, ControllerState? seen = null)
    {
        lock (_gate)
        {
            if (_state is ControllerState.Running or ControllerState.Stopping || (seen is { } state && _state != state))
            {
                return false;
            }

            RunContext = context ?? SessionContext.Empty;
            _items = null;
            _lastCounted = null;
            _runEnd = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _state = ControllerState.Running;
            _control &= ~LoopControl.NotRunning;
            Mailbox.Reopen();
        }

        if (_parked)
        {
            // A handler that an abort left behind ends first.
            Wake();
        }
        else
        {
            Mailbox.Enlist(this);
            _settings.Shared?.Enlist(this);
        }

        return true;
    }

    public void Suspend()
    {
        lock (_gate)
        {
            _suspended = true;
            _control |= LoopControl.Suspended;
        }

        // After the barrier the draining thread is either past the entry of a handler, or it sees the flag.
        Interlocked.MemoryBarrierProcessWide();
        AwaitStart();
        AwaitEntry();
    }

    /// <summary>
    /// Waits while the draining thread is between two events: what it is about to start is then in the frame.
    /// </summary>
    private void AwaitStart()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _phase) == LoopPhase.Starting)
        {
            spin.SpinOnce();
        }
    }

    public bool Resume()
    {
        lock (_gate)
        {
            if (!_suspended)
            {
                return false;
            }

            _suspended = false;
            _control &= ~LoopControl.Suspended;
            ReleaseHeld();
        }

        Wake();
        return true;
    }
}
