using EventDrivenActors.Sessions;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// The turn of a thread that dispatches. Where a loop only passes its events on, that thread passes the event on
/// itself, so that no thread of the pool is woken for it.
/// </summary>
/// <remarks>
/// No user code may run in such a turn, because it runs on the thread that dispatches. An event that turns out to have
/// a handler goes on in the next ordinary turn.
/// </remarks>
internal sealed class RelayTurn
{
    /// <summary>
    /// How many events such a turn takes: events that others have queued meanwhile hold up the caller, so it is few.
    /// </summary>
    public const int Budget = 4;

    /// <summary>With so many events on their way, it is worth waking a thread that passes on many in a row.</summary>
    public const int Busy = 32;

    /// <summary>
    /// That of all loops without filters, which pass no event on: they never begin it, and nothing writes to it.
    /// </summary>
    public static readonly RelayTurn Never = new();

    // The calling thread.
    [ThreadStatic]
    private static bool _runsHere;

    // The draining thread.
    private TaskCompletionSource? _postponed;
    private SynchronizationContext? _callersContext;
    private bool _needsTurn;

    /// <summary>
    /// Whether the calling thread may give such a turn: not within another one, and not where it has a task scheduler,
    /// on which the loop would go on.
    /// </summary>
    public static bool MayRunHere =>
        !_runsHere && TaskScheduler.Current == TaskScheduler.Default && !ExecutionContext.IsFlowSuppressed();

    /// <summary>
    /// Whether the loop has passed its last event on. The draining thread writes it, threads that dispatch read it.
    /// </summary>
    public bool IsLikely { get; set; }

    /// <summary>Whether such a turn is being given. For the draining thread.</summary>
    public bool IsRunning { get; private set; }

    /// <param name="loopsContext">The context of the loop, into which nothing of the caller's may get.</param>
    public void Begin(ExecutionContext loopsContext)
    {
        _callersContext = SynchronizationContext.Current;
        IsRunning = _runsHere = true;
        ExecutionContext.Restore(loopsContext);
        SynchronizationContext.SetSynchronizationContext(null);
    }

    /// <summary>Gives the thread back to its caller.</summary>
    public void RestoreThread()
    {
        SynchronizationContext.SetSynchronizationContext(_callersContext);
        _callersContext = null;
        _runsHere = false;
    }

    /// <returns>Whether something is left that needs an ordinary turn.</returns>
    public bool End()
    {
        bool needsTurn = _needsTurn;
        _needsTurn = false;
        IsRunning = false;
        return needsTurn;
    }

    /// <summary>Asks for an ordinary turn after this one.</summary>
    public void RequestTurn() => _needsTurn = true;

    /// <summary>Runs what may be user code in the next ordinary turn.</summary>
    public async ValueTask Postpone(Session session, SessionFrame frame, InboundDelegate remaining)
    {
        frame.StayInTurn();
        TaskCompletionSource turn = new();
        _postponed = turn;
        _needsTurn = true;
        await turn.Task.ConfigureAwait(true);
        session.CancellationToken.ThrowIfCancellationRequested();
        await remaining(session).ConfigureAwait(true);
    }

    /// <summary>Takes what was postponed, in an ordinary turn.</summary>
    public TaskCompletionSource? TakePostponed()
    {
        TaskCompletionSource? postponed = IsRunning ? null : _postponed;
        if (postponed is not null)
        {
            _postponed = null;
        }

        return postponed;
    }
}
