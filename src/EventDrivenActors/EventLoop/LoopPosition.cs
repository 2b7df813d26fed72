using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>Where the draining thread is and which event it runs, for other threads to see.</summary>
internal sealed class LoopPosition(ISessionHost host)
{
    /// <summary>No drain is at work, or it is about to end.</summary>
    private const int Inactive = 0;

    /// <summary>Between two events: the thread will look at the control flags before it starts one.</summary>
    private const int Starting = 1;

    /// <summary>A handler runs.</summary>
    private const int Handling = 2;

    // The draining thread writes, any thread reads. The first frame is made for the first turn.
    private SessionFrame? _frame;
    private int _phase;
    private int _round;

    /// <summary>The frame of the running event, or of the next one. Since the first turn.</summary>
    public SessionFrame Frame => _frame!;

    /// <summary>The same for a thread that does not know whether there was a turn.</summary>
    public SessionFrame? FrameIfAny => Volatile.Read(ref _frame);

    /// <summary>How many rounds of draining have begun.</summary>
    public int Round => Volatile.Read(ref _round);

    public bool IsInactive => Volatile.Read(ref _phase) == Inactive;

    public bool IsHandling => Volatile.Read(ref _phase) == Handling;

    /// <summary>The event that runs; <see langword="null"/> between two.</summary>
    public SessionFrame? RunningEvent => Volatile.Read(ref _frame) is { IsActive: true } frame ? frame : null;

    public void BeginFirstTurn() => Volatile.Write(ref _frame, new SessionFrame(host));

    public void BeginRound() => Volatile.Write(ref _round, _round + 1);

    public void BeginStarting() => Volatile.Write(ref _phase, Starting);

    public void BeginHandling() => Volatile.Write(ref _phase, Handling);

    public void EndRound() => Volatile.Write(ref _phase, Inactive);

    /// <summary>Leaves the frame to the event in it, whose handler has suspended.</summary>
    public void ReplaceFrame() => _frame = new SessionFrame(Frame);

    /// <summary>
    /// Waits while the draining thread is between two events: the event that it is about to start is then in the frame.
    /// </summary>
    public void AwaitStart()
    {
        SpinWait spin = default;
        while (Volatile.Read(ref _phase) == Starting)
        {
            spin.SpinOnce();
        }
    }
}
