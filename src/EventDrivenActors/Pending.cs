using System.Runtime.ExceptionServices;

namespace EventDrivenActors;

/// <summary>An accepted event: its status, and its results to wait for.</summary>
/// <remarks>
/// It settles exactly once, whatever dies (see <see cref="PendingStatus"/>). It is at the same time the envelope that carries the event
/// through the queue, so an event costs one allocation. All members may be called by any thread; continuations never run on
/// the loop that settles it.
/// </remarks>
public partial class Pending : IThreadPoolWorkItem
{
    private const int Settling = 100;

    private EventExtras? _extras;
    private object? _payload;
    private IDisposable? _registration;
    private IPendingOwner _owner;
    private int _status;
    private int _count;

    internal Pending(IPendingOwner owner, object key, object? value, SessionContext? context, object?[]? args, EventOptions? options)
    {
        _owner = owner;
        Key = key;
        Value = value;
        _extras = EventExtras.Of(context, args, options);
    }

    /// <summary>Where the event is on its way.</summary>
    public PendingStatus Status => Volatile.Read(ref _status) switch
    {
        Settling => PendingStatus.Running,
        int status => (PendingStatus)status,
    };

    /// <summary>Whether the status is final.</summary>
    public bool IsSettled => Status >= PendingStatus.Completed;

    /// <summary>What it failed with: <see langword="null"/> unless it faulted, timed out, was lost with its child, or was poisoned.</summary>
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
                (_extras ??= new EventExtras(null, [], EventOptions.Default)).Context = value;
            }
        }
    }

    internal object?[] Args => _extras?.Args ?? [];

    internal EventOptions Options => _extras?.Options ?? EventOptions.Default;

    /// <summary>Whether it may have a context, arguments or options.</summary>
    internal bool HasExtras => _extras is not null;

    /// <inheritdoc/>
    public override string ToString() => $"{Key}: {Status}";

    /// <summary>Set when nobody holds this pending: its failure must be reported rather than awaited.</summary>
    internal virtual bool IsPost => false;

    internal IPendingOwner Owner => _owner;

    /// <summary>What it failed with, as long as nobody has looked at it.</summary>
    internal Exception? UnobservedException => _payload is UnobservedFailure { IsObserved: false } failure ? failure.Exception : null;

    /// <summary>Gives an event that is not queued yet to another owner.</summary>
    internal void MoveTo(IPendingOwner owner) => _owner = owner;

    /// <summary>Cancels the event: before its start it never runs; while it runs, <see cref="Session.CancellationToken"/> fires.</summary>
    /// <returns>Whether it had not settled yet. A running handler that ignores its token still completes.</returns>
    public bool Cancel()
    {
        if (TrySettleQueued(EventOutcome.Cancelled))
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
    public bool Withdraw() => TrySettleQueued(EventOutcome.Cancelled) || (!IsSettled && _owner.Withdraw(this));

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
            _owner.ReportBroken(new InvalidOperationException($"The progress of the event '{Key}' failed: {exception.Message}", exception));
        }
    }

    /// <summary>Lets a token cancel the event, for as long as it is open.</summary>
    internal void CancelWith(CancellationToken token)
    {
        if (!token.CanBeCanceled)
        {
            return;
        }

        _registration = token.UnsafeRegister(static pending => ((Pending)pending!).Cancel(), this);

        // Either the settling thread sees the registration, or its status is seen here.
        Interlocked.MemoryBarrier();
        if (IsSettled)
        {
            EndRegistration();
        }
    }

    internal bool TryStart(IPendingOwner runner)
    {
        // The owner first: whoever sees the event running cancels it there.
        IPendingOwner accepted = _owner;
        _owner = runner;
        if (Interlocked.CompareExchange(ref _status, (int)PendingStatus.Running, (int)PendingStatus.Queued) == (int)PendingStatus.Queued)
        {
            return true;
        }

        _owner = accepted;
        return false;
    }

    internal bool TrySettleQueued(EventOutcome outcome) => TrySettle(outcome.For(Key), (int)PendingStatus.Queued);

    internal bool TrySettle(EventOutcome outcome)
    {
        // It may start between the first two attempts.
        outcome = outcome.For(Key);
        return TrySettle(outcome, (int)PendingStatus.Running) || TrySettleQueued(outcome) || TrySettle(outcome, (int)PendingStatus.Running);
    }

    /// <summary>Completes with results in stored form: the single result itself, or an array of several.</summary>
    internal bool TryComplete(object? payload, int count) =>
        TryPublish(PendingStatus.Completed, payload, count, (int)PendingStatus.Running);

    private bool TrySettle(EventOutcome outcome, int from)
    {
        object? payload = outcome.Exception;
        int count = 0;
        if (outcome.Status == PendingStatus.Completed)
        {
            count = outcome.Results.Count;
            payload = count switch { 0 => null, 1 => outcome.Results[0], _ => outcome.Results.ToArray() };
        }

        return TryPublish(outcome.Status, payload, count, from);
    }

    private bool TryPublish(PendingStatus status, object? payload, int count, int from)
    {
        if (Interlocked.CompareExchange(ref _status, Settling, from) != from)
        {
            return false;
        }

        _payload = status > PendingStatus.Skipped && payload is Exception failure ? new UnobservedFailure(_owner, Key, failure) : payload;
        _count = count;
        Value = null;
        _extras?.Forget();
        Volatile.Write(ref _status, (int)status);

        // It is a full barrier too: behind it either the registration is seen, or the registering thread sees the status.
        ReleaseWaiter();
        if (_registration is not null)
        {
            EndRegistration();
        }

        AfterSettled();
        return true;
    }

    private void EndRegistration() => Interlocked.Exchange(ref _registration, null)?.Dispose();

    /// <summary>Called once, on the settling thread, after the status has become final.</summary>
    private protected virtual void AfterSettled()
    {
    }

    private protected IReadOnlyList<object?> StoredResults => _count switch
    {
        0 => [],
        1 => [_payload],
        _ => (object?[])_payload!,
    };

    private protected bool TryGetFirstResult(out object? result)
    {
        result = _count == 1 ? _payload : _count > 1 ? ((object?[])_payload!)[0] : null;
        return _count > 0;
    }

    /// <summary>How it ended, for one who passes it on.</summary>
    internal EventOutcome Outcome => Status switch
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
                throw new OperationCanceledException($"The event '{Key}' of the controller '{_owner.Name}' was cancelled.");
            case PendingStatus.Closed:
                throw new ControllerClosedException(
                    $"The controller '{_owner.Name}' closed before it had ended the event '{Key}'; dispatch it again after Run.");
            default:
                ExceptionDispatchInfo.Throw(ObserveFailure()!);
                throw null!;
        }
    }

    /// <summary>The failure, marked as seen; <see langword="null"/> when there is none.</summary>
    internal Exception? ObserveFailure()
    {
        if (_payload is UnobservedFailure unobserved)
        {
            unobserved.Observe();
            return unobserved.Exception;
        }

        return null;
    }
}
