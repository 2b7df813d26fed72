namespace EventDrivenActors;

/// <summary>An accepted event: its status, and its results to wait for.</summary>
/// <remarks>
/// It settles exactly once, whatever dies (see <see cref="PendingStatus"/>). It is at the same time the envelope that
/// carries the event through the queue, so an event costs one allocation. All members may be called by any thread;
/// continuations never run on the loop that settles it.
/// </remarks>
public partial class Pending : IThreadPoolWorkItem
{
    // Any thread. Each of these types states which thread may write it.
    private EventState _state;
    private EventWaiters _waiters;
    private EventExtras? _extras;

    // The thread that accepts the event, then the one that starts it.
    private IEventOwner<Pending> _owner;

    internal Pending(
        IEventOwner<Pending> owner,
        object key,
        object? value,
        SessionContext? context,
        object?[]? args,
        EventOptions? options
    )
    {
        _owner = owner;
        Key = key;
        Value = value;
        _extras = EventExtras.Of(context, args, options);
    }

    /// <summary>Where the event is on its way.</summary>
    public PendingStatus Status => _state.Status;

    /// <summary>Whether the status is final.</summary>
    public bool IsSettled => Status >= PendingStatus.Completed;

    /// <summary>
    /// The failure: <see langword="null"/> unless it faulted, timed out, was lost with its child, or was
    /// poisoned.
    /// </summary>
    /// <remarks>Reading it counts as observing the failure, which is then not logged.</remarks>
    public Exception? Exception => ObserveFailure();

    /// <summary>The event's key; a typed key shows as its name.</summary>
    public object Key { get; }

    internal object? Value { get; set; }

    internal SessionContext? Context
    {
        get => _extras?.Context;
        set => (value is null ? _extras : MakeExtras())?.Context = value;
    }

    internal object?[] Args => _extras?.Args ?? [];

    internal EventOptions Options => _extras?.Options ?? EventOptions.Default;

    /// <summary>The attachments of adapters; a part of an event has what the whole has.</summary>
    internal EventAttachment? Attachments
    {
        get => _extras?.Attachments;
        set => MakeExtras().Attachments = value;
    }

    /// <summary>Whether it is one worker's part of an event.</summary>
    internal bool IsPart
    {
        get => _extras is { IsPart: true };
        init => MakeExtras().IsPart = value;
    }

    /// <summary>Whether it may have a context, arguments or options.</summary>
    internal bool HasExtras => _extras is not null;

    /// <summary>The object that settles it while it is deferred.</summary>
    internal object? Deferral
    {
        get => _extras?.Deferral;
        set => MakeExtras().Deferral = value;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Status}";

    /// <summary>
    /// Whether it counts as an event: neither the announcement of a shutdown does, nor one worker's part of an event.
    /// </summary>
    internal bool Counts => !ReferenceEquals(Key, ControllerEvents.Shutdown.Name) && _extras is not { IsPart: true };

    /// <summary>Set when no code holds this pending: its failure must be reported, because nothing awaits it.</summary>
    internal virtual bool IsPost => false;

    internal IEventOwner<Pending> Owner => _owner;

    /// <summary>Gives an event that is not queued yet to another owner.</summary>
    internal void MoveTo(IEventOwner<Pending> owner) => _owner = owner;

    /// <summary>
    /// Cancels the event: before its start it never runs; while it runs, <see cref="Session.CancellationToken"/> fires.
    /// </summary>
    /// <returns>Whether it had not settled yet. A running handler that ignores its token still completes.</returns>
    public bool Cancel()
    {
        if (TryLeaveQueue(EventOutcome.Cancelled))
        {
            return true;
        }

        if (IsSettled)
        {
            return false;
        }

        _owner.CancelRunning(this);
        return true;
    }

    /// <summary>Cancels the event only if it has not started; one that runs is left alone.</summary>
    /// <returns>Whether it is cancelled by this call and will never run.</returns>
    public bool Withdraw() => TryLeaveQueue(EventOutcome.Cancelled) || (!IsSettled && _owner.Withdraw(this));

    /// <summary>Passes on what a handler reports, while the event is open.</summary>
    internal void Report(object? value, bool mayRefuse = true)
    {
        if (!IsSettled)
        {
            _extras?.Report(value, mayRefuse, _owner, Key);
        }
    }

    /// <summary>Lets a token cancel the event, for as long as it is open.</summary>
    internal void CancelWith(CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return;
        }

        EventExtras extras = MakeExtras();
        extras.Registration = token.UnsafeRegister(static pending => ((Pending)pending!).Cancel(), this);

        // Either the settling thread sees the registration, or its status is seen here.
        Interlocked.MemoryBarrier();
        if (IsSettled)
        {
            extras.EndRegistration();
        }
    }

    /// <summary>The thread that dispatched the event may still be giving it a token while it is deferred.</summary>
    private EventExtras MakeExtras() =>
        _extras ?? Interlocked.CompareExchange(ref _extras, EventExtras.None(), null) ?? _extras;

    internal bool TryStart(IEventOwner<Pending> runner)
    {
        // The owner first: a cancel that sees the event running goes to the owner.
        IEventOwner<Pending> accepted = _owner;
        if (!ReferenceEquals(accepted, runner))
        {
            _owner = runner;
        }

        if (_state.TryStart())
        {
            return true;
        }

        _owner = accepted;
        return false;
    }

    /// <summary>Settles an event that has not been taken, and that the queue gives up or has never had.</summary>
    internal bool TrySettleQueued(EventOutcome outcome) => TrySettle(outcome.For(Key), PendingStatus.Queued);

    /// <summary>
    /// Settles an event that has not been taken, and frees its place in the queue before any waiter is notified.
    /// </summary>
    internal bool TryLeaveQueue(EventOutcome outcome)
    {
        if (!_state.TryBeginSettling(PendingStatus.Queued))
        {
            return false;
        }

        Action? then = _owner.LeftQueue(this, outcome.Status);
        Settle(outcome.For(Key));
        then?.Invoke();
        return true;
    }

    internal bool TrySettle(EventOutcome outcome)
    {
        // It may start between the first two attempts.
        outcome = outcome.For(Key);
        return TrySettle(outcome, PendingStatus.Running)
            || TrySettleQueued(outcome)
            || TrySettle(outcome, PendingStatus.Running);
    }

    /// <inheritdoc cref="EventState.TryComplete"/>
    internal bool TryComplete(object? result, int count)
    {
        bool completed = _state.TryComplete(result, count);
        if (completed)
        {
            AnnounceSettled();
        }

        return completed;
    }

    private bool TrySettle(EventOutcome outcome, PendingStatus from)
    {
        bool won = _state.TryBeginSettling(from);
        if (won)
        {
            Settle(outcome);
        }

        return won;
    }

    /// <summary>For the thread that has won the settlement.</summary>
    private void Settle(EventOutcome outcome)
    {
        _state.Settle(outcome, _owner, Key);
        AnnounceSettled();
    }

    /// <summary>
    /// After a full barrier, which follows the final status: a thread that waits or registers is either seen here, or
    /// sees the status.
    /// </summary>
    private void AnnounceSettled()
    {
        Value = null;
        _extras?.Forget();
        if (_waiters.Any)
        {
            Call(_waiters.Release(this));
        }

        AfterSettled();
    }

    /// <summary>Called once, on the settling thread, after the status has become final.</summary>
    private protected virtual void AfterSettled() { }

    /// <summary>How it ended, for code that passes it on.</summary>
    internal EventOutcome Outcome => _state.Outcome;

    /// <summary>The failure, until code reads it.</summary>
    internal Exception? UnobservedException => _state.UnobservedException;

    /// <summary>The results, or the exception that awaiting the event throws.</summary>
    internal IReadOnlyList<object?> ResultsOrThrow() => _state.ResultsOrThrow(_owner, Key);

    /// <summary>The failure, marked as seen; <see langword="null"/> when there is none.</summary>
    internal Exception? ObserveFailure() => _state.ObserveFailure();

    private protected bool TryGetFirstResult(out object? result) => _state.TryGetFirst(out result);
}
