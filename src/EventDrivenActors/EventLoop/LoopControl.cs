using EventDrivenActors.Waits;

namespace EventDrivenActors.EventLoop;

/// <summary>Whether the loop may start events. The draining thread looks at it before each one.</summary>
internal sealed class LoopControl
{
    private const int SuspendedFlag = 1;
    private const int NotRunningFlag = 2;
    private const int HeldFlag = 4;
    private const int StartingFlag = 8;

    // Any thread, by interlocked operations.
    private volatile int _flags = NotRunningFlag;
    private int _steps;

    // Any thread.
    private INeed? _admission;

    // The draining thread, while the loop is suspended; else a thread that suspends. A thread on which a filter goes on
    // reads.
    private volatile bool _stepping;

    /// <summary>Whether events start as they come.</summary>
    public bool IsOpen => _flags == 0;

    public bool IsSuspended => (_flags & SuspendedFlag) != 0;

    /// <summary>Whether a run has begun and not ended.</summary>
    public bool IsRunning => (_flags & NotRunningFlag) == 0;

    /// <summary>Whether an event that was taken must wait for the resume. A step lets one event pass.</summary>
    public bool HoldsBack => IsSuspended && !_stepping;

    /// <summary>The need of a new worker of a pool, which waits for it before it takes its first event.</summary>
    public INeed? Admission => Volatile.Read(ref _admission);

    public void BeginRun() => Interlocked.And(ref _flags, ~NotRunningFlag);

    public void EndRun() => Interlocked.Or(ref _flags, NotRunningFlag);

    /// <summary>Forgets what was asked of a run that is over.</summary>
    public void Reset() => _flags = NotRunningFlag;

    /// <summary>Suspends the loop. Under the entry gate's lock, as <see cref="Resume"/>.</summary>
    public void Suspend()
    {
        if (!IsSuspended)
        {
            // A step was for an earlier suspension.
            _stepping = false;
        }

        Interlocked.Or(ref _flags, SuspendedFlag);
    }

    public void Resume() => Interlocked.And(ref _flags, ~SuspendedFlag);

    /// <summary>Lets a suspended loop start one event.</summary>
    public void AllowStep() => Interlocked.Exchange(ref _steps, 1);

    /// <summary>Uses the step that a suspended loop was allowed. For the draining thread, before an event.</summary>
    /// <returns>Whether there was one.</returns>
    public bool TryStep() => _stepping = _flags == SuspendedFlag && Interlocked.Exchange(ref _steps, 0) == 1;

    /// <summary>Makes a loop that has started nothing take nothing, until <see cref="Admit"/>.</summary>
    public void Hold(INeed admission)
    {
        Volatile.Write(ref _admission, admission);
        Interlocked.Or(ref _flags, HeldFlag);
    }

    /// <returns>Whether a run has begun, which now needs a turn.</returns>
    public bool Admit()
    {
        Volatile.Write(ref _admission, null);
        Interlocked.And(ref _flags, ~HeldFlag);
        return IsRunning;
    }

    /// <summary>Makes the run that is about to begin take nothing until <see cref="EndStarting"/>.</summary>
    public void BeginStarting() => Interlocked.Or(ref _flags, StartingFlag);

    /// <returns>Whether the run has begun, and now needs a turn.</returns>
    public bool EndStarting()
    {
        Interlocked.And(ref _flags, ~StartingFlag);
        return IsRunning;
    }
}
