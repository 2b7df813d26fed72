using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;

namespace EventDrivenActors;

/// <summary>An accepted event: its status, and its results to wait for.</summary>
/// <remarks>
/// It settles exactly once, whatever dies (see <see cref="PendingStatus"/>). It is at the same time the envelope that
/// carries the event through the queue, so an event costs one allocation. All members may be called by any thread;
/// continuations never run on the loop that settles it.
/// </remarks>
public partial class Pending : IThreadPoolWorkItem
{
    private const int Settling = 100;

    private EventExtras? _extras;
    private object? _result;
    private UnobservedFailure? _failure;
    private IPendingOwner _owner;
    private int _status;
    private int _count;

    internal Pending(
        IPendingOwner owner,
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
    public PendingStatus Status =>
        Volatile.Read(ref _status) switch
        {
            Settling => PendingStatus.Running,
            int status => (PendingStatus)status,
        };

    /// <summary>Whether the status is final.</summary>
    public bool IsSettled => Status >= PendingStatus.Completed;

    /// <summary>
    /// What it failed with: <see langword="null"/> unless it faulted, timed out, was lost with its child, or was
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
        set
        {
            if (_extras is not null || value is not null)
            {
                MakeExtras().Context = value;
            }
        }
    }

    internal object?[] Args => _extras?.Args ?? [];

    internal EventOptions Options => _extras?.Options ?? EventOptions.Default;

    /// <summary>Whether it is one worker's part of an event.</summary>
    internal bool IsPart
    {
        get => _extras is { IsPart: true };
        init => MakeExtras().IsPart = value;
    }

    /// <summary>Whether it may have a context, arguments or options.</summary>
    internal bool HasExtras => _extras is not null;

    /// <summary>What settles it, while it is deferred.</summary>
    internal DeferredEvent? Deferred
    {
        get => _extras?.Deferred;
        set => MakeExtras().Deferred = value;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Status}";

    /// <summary>
    /// Whether it counts as an event: neither the announcement of a shutdown does, nor one worker's part of an event.
    /// </summary>
    internal bool Counts => !ReferenceEquals(Key, ControllerEvents.Shutdown.Name) && _extras is not { IsPart: true };

    /// <summary>Set when no code holds this pending: its failure must be reported, because nothing awaits it.</summary>
    internal virtual bool IsPost => false;

    internal IPendingOwner Owner => _owner;

    /// <summary>What it failed with, until it is read.</summary>
    internal Exception? UnobservedException => _failure is { IsObserved: false } failure ? failure.Exception : null;

    /// <summary>Gives an event that is not queued yet to another owner.</summary>
    internal void MoveTo(IPendingOwner owner) => _owner = owner;

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
        if (Options.Progress is not { } progress || IsSettled)
        {
            return;
        }

        try
        {
            progress.Report(value);
        }
        catch (Exception exception) when (!mayRefuse || exception is not ValueRefusedException)
        {
            _owner.ReportBroken(
                new InvalidOperationException(
                    $"The progress of the event '{Key}' failed: {exception.Message}",
                    exception
                )
            );
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

    internal bool TryStart(IPendingOwner runner)
    {
        // The owner first: a cancel that sees the event running goes to the owner.
        IPendingOwner accepted = _owner;
        if (!ReferenceEquals(accepted, runner))
        {
            _owner = runner;
        }

        if (
            Interlocked.CompareExchange(ref _status, (int)PendingStatus.Running, (int)PendingStatus.Queued)
            == (int)PendingStatus.Queued
        )
        {
            return true;
        }

        _owner = accepted;
        return false;
    }

    /// <summary>Settles an event that has not been taken, and that the queue gives up or has never had.</summary>
    internal bool TrySettleQueued(EventOutcome outcome) => TrySettle(outcome.For(Key), (int)PendingStatus.Queued);

    /// <summary>
    /// Settles an event that has not been taken, and frees its place in the queue before anybody hears of it.
    /// </summary>
    internal bool TryLeaveQueue(EventOutcome outcome)
    {
        if (Interlocked.CompareExchange(ref _status, Settling, (int)PendingStatus.Queued) != (int)PendingStatus.Queued)
        {
            return false;
        }

        Action? then = _owner.LeftQueue(this, outcome.Status);
        SettleAs(outcome.For(Key));
        then?.Invoke();
        return true;
    }

    internal bool TrySettle(EventOutcome outcome)
    {
        // It may start between the first two attempts.
        outcome = outcome.For(Key);
        return TrySettle(outcome, (int)PendingStatus.Running)
            || TrySettleQueued(outcome)
            || TrySettle(outcome, (int)PendingStatus.Running);
    }

    /// <summary>
    /// Completes with results in stored form: the single result itself, or an array of several. For the loop that runs
    /// the event.
    /// </summary>
    /// <remarks>
    /// Nothing else gives results to a running event, so they may be written before it is known whether they count: one
    /// step settles the event.
    /// </remarks>
    internal bool TryComplete(object? result, int count)
    {
        if (Status != PendingStatus.Running)
        {
            return false;
        }

        _result = result;
        _count = count;
        if (
            Interlocked.CompareExchange(ref _status, (int)PendingStatus.Completed, (int)PendingStatus.Running)
            != (int)PendingStatus.Running
        )
        {
            _result = null;
            return false;
        }

        AnnounceSettled();
        return true;
    }

    private bool TrySettle(EventOutcome outcome, int from)
    {
        if (Interlocked.CompareExchange(ref _status, Settling, from) != from)
        {
            return false;
        }

        SettleAs(outcome);
        return true;
    }

    private void SettleAs(EventOutcome outcome)
    {
        if (outcome.Status == PendingStatus.Completed)
        {
            _count = outcome.Results.Count;
            _result = _count switch
            {
                0 => null,
                1 => outcome.Results[0],
                _ => outcome.Results.ToArray(),
            };
        }
        else if (outcome.Exception is { } failure)
        {
            _failure = new UnobservedFailure(_owner, Key, failure);
        }

        Interlocked.Exchange(ref _status, (int)outcome.Status);
        AnnounceSettled();
    }

    /// <summary>
    /// After a full barrier, which follows the final status: a thread that waits or registers is either seen here, or
    /// sees the status.
    /// </summary>
    private void AnnounceSettled()
    {
        Value = null;
        if (_extras is { } extras)
        {
            extras.Forget();
            extras.EndRegistration();
        }

        ReleaseWaiter();
        AfterSettled();
    }

    /// <summary>Called once, on the settling thread, after the status has become final.</summary>
    private protected virtual void AfterSettled() { }

    private protected IReadOnlyList<object?> StoredResults =>
        _count switch
        {
            0 => [],
            1 => [_result],
            _ => new ReadOnlyCollection<object?>((object?[])_result!),
        };

    private protected bool TryGetFirstResult(out object? result)
    {
        result =
            _count == 1 ? _result
            : _count > 1 ? ((object?[])_result!)[0]
            : null;
        return _count > 0;
    }

    /// <summary>How it ended, for code that passes it on.</summary>
    internal EventOutcome Outcome =>
        Status switch
        {
            PendingStatus.Completed => EventOutcome.Completed(StoredResults),
            PendingStatus status => EventOutcome.Of(status, ObserveFailure()),
        };

    /// <summary>The results, or the exception that awaiting this status means.</summary>
    private protected IReadOnlyList<object?> GetResults()
    {
        switch (Status)
        {
            case PendingStatus.Completed:
                return StoredResults;
            case PendingStatus.Skipped:
                return [];
            case PendingStatus.Cancelled:
                throw new OperationCanceledException(
                    $"The event '{Key}' of the controller '{_owner.Name}' was cancelled."
                );
            case PendingStatus.Closed:
                throw new ControllerClosedException(
                    $"The controller '{_owner.Name}' closed before it had ended the event '{Key}'; dispatch it again "
                        + "after Run."
                );
            default:
                ExceptionDispatchInfo.Throw(ObserveFailure()!);
                throw null!;
        }
    }

    /// <summary>The failure, marked as seen; <see langword="null"/> when there is none.</summary>
    internal Exception? ObserveFailure()
    {
        _failure?.Observe();
        return _failure?.Exception;
    }
}
