using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <content>
/// Where a loop only passes its events on, the thread that dispatches to an idle loop passes the event on itself, so
/// that no thread of the pool is woken for it.
/// </content>
/// <remarks>
/// No user code may run in such a turn, because it runs on the thread that dispatches. An event that turns out to have
/// a handler goes on in the next ordinary turn.
/// </remarks>
internal sealed partial class ControllerLoop
{
    /// <summary>
    /// How many events a relaying turn takes: events that others have queued meanwhile hold up the caller, so it is
    /// few.
    /// </summary>
    private const int MostRelayed = 4;

    /// <summary>With so many events on their way, it is worth waking a thread that passes on many in a row.</summary>
    private const int Busy = 32;

    [ThreadStatic]
    private static bool _relaysHere;
    private TaskCompletionSource? _postponed;
    private bool _passesOn;
    private bool _relaying;
    private bool _needsTurn;

    void IEventConsumer.Wake()
    {
        if (!TryRelay())
        {
            Wake();
        }
    }

    private bool TryRelay()
    {
        if (!MayRelay() || Interlocked.CompareExchange(ref _signals, 1, 0) != 0)
        {
            return false;
        }

        ExecutionContext? outer = ExecutionContext.Capture();
        SynchronizationContext? context = SynchronizationContext.Current;
        bool more;
        _relaying = _relaysHere = true;
        try
        {
            // The caller's context must not get into the loop, and the loop must not go on in the caller's context.
            ExecutionContext.Restore(_thread!.Home!);
            SynchronizationContext.SetSynchronizationContext(null);
            _thread.BeginTurn();
            more = DrainSafely(MostRelayed);
        }
        finally
        {
            _thread!.EndTurn(outer);
            SynchronizationContext.SetSynchronizationContext(context);
            _relaysHere = false;
        }

        more |= _needsTurn;
        _needsTurn = false;
        _relaying = false;
        Volatile.Write(ref _phase, LoopPhase.Inactive);
        if (Interlocked.Exchange(ref _signals, 0) != 1 || more)
        {
            Wake();
        }

        return true;
    }

    /// <summary>
    /// Not within another such turn, and not where the caller has a task scheduler, on which the loop would go on.
    /// </summary>
    private bool MayRelay() =>
        _passesOn
        && _thread is { Home: not null }
        && _control == 0
        && Tap is null
        && !IsStopping
        && !(_parked && !_parkedTaskEnded)
        && !_relaysHere
        && _settings.Host.TurnsAnywhere
        && TaskScheduler.Current == TaskScheduler.Default
        && !ExecutionContext.IsFlowSuppressed()
        && DeferredCount < Busy;

    /// <summary>Runs what may be user code in the next ordinary turn.</summary>
    private async ValueTask Postpone(Session session, InboundDelegate rest)
    {
        _frame.StayInTurn();
        TaskCompletionSource turn = new();
        _postponed = turn;
        _needsTurn = true;
        await turn.Task.ConfigureAwait(true);
        session.CancellationToken.ThrowIfCancellationRequested();
        await rest(session).ConfigureAwait(true);
    }

    private void EnterPostponed()
    {
        if (_postponed is { } turn && !_relaying)
        {
            _postponed = null;
            Volatile.Write(ref _phase, LoopPhase.Handling);
            turn.SetResult();
        }
    }
}
