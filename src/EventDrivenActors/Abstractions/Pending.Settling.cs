using System.Collections.ObjectModel;
using System.Runtime.ExceptionServices;

namespace EventDrivenActors;

/// <content>How an event starts, and gets its outcome.</content>
public partial class Pending
{
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
