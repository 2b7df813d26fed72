using System.Collections.ObjectModel;
using System.Runtime.CompilerServices;
using System.Runtime.ExceptionServices;

namespace EventDrivenActors;

/// <summary>
/// Where an event is on its way, and what it ended with: from queued to running, and then once to a final status.
/// </summary>
internal struct EventState
{
    /// <summary>Shown as running: one thread has won the settlement and writes the outcome.</summary>
    private const int Settling = 100;

    // Any thread, by interlocked steps.
    private int _status;

    // The thread that settles writes these before the status is final; afterwards any thread reads them.
    private int _count;
    private object? _result;
    private UnobservedFailure? _failure;

    public readonly PendingStatus Status =>
        Volatile.Read(in _status) switch
        {
            Settling => PendingStatus.Running,
            int status => (PendingStatus)status,
        };

    /// <summary>The failure, until code reads it.</summary>
    public readonly Exception? UnobservedException =>
        _failure is { IsObserved: false } failure ? failure.Exception : null;

    /// <summary>How it ended, for code that passes it on.</summary>
    public readonly EventOutcome Outcome =>
        Status switch
        {
            PendingStatus.Completed => EventOutcome.Completed(Results),
            PendingStatus status => EventOutcome.Of(status, ObserveFailure()),
        };

    private readonly IReadOnlyList<object?> Results =>
        _count switch
        {
            0 => [],
            1 => [_result],
            _ => new ReadOnlyCollection<object?>((object?[])_result!),
        };

    public bool TryStart() =>
        Interlocked.CompareExchange(ref _status, (int)PendingStatus.Running, (int)PendingStatus.Queued)
        == (int)PendingStatus.Queued;

    /// <summary>Wins the settlement, for a thread that then calls <see cref="Settle"/>.</summary>
    public bool TryBeginSettling(PendingStatus from) =>
        Interlocked.CompareExchange(ref _status, Settling, (int)from) == (int)from;

    /// <summary>
    /// Completes with results in stored form: the single result itself, or an array of several. For the loop that runs
    /// the event.
    /// </summary>
    /// <remarks>
    /// Nothing else gives results to a running event, so they may be written before it is known whether they count: one
    /// step settles the event.
    /// </remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryComplete(object? result, int count)
    {
        if (Status != PendingStatus.Running)
        {
            return false;
        }

        _result = result;
        _count = count;
        if (
            Interlocked.CompareExchange(ref _status, (int)PendingStatus.Completed, (int)PendingStatus.Running)
            == (int)PendingStatus.Running
        )
        {
            return true;
        }

        _result = null;
        return false;
    }

    /// <summary>Gives it its outcome, after <see cref="TryBeginSettling"/>. Ends with a full barrier.</summary>
    public void Settle(EventOutcome outcome, IEventOwner owner, object key)
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
            _failure = new UnobservedFailure(owner, key, failure);
        }

        Interlocked.Exchange(ref _status, (int)outcome.Status);
    }

    /// <summary>The results, or the exception that awaiting this status means.</summary>
    public readonly IReadOnlyList<object?> ResultsOrThrow(IEventOwner owner, object key)
    {
        switch (Status)
        {
            case PendingStatus.Completed:
                return Results;
            case PendingStatus.Skipped:
                return [];
            case PendingStatus.Cancelled:
                throw new OperationCanceledException(
                    $"The event '{key}' of the controller '{owner.Name}' was cancelled."
                );
            case PendingStatus.Closed:
                throw new ControllerClosedException(
                    $"The controller '{owner.Name}' closed before it had ended the event '{key}'; dispatch it again "
                        + "after Run."
                );
            default:
                ExceptionDispatchInfo.Throw(ObserveFailure()!);
                throw null!;
        }
    }

    public readonly bool TryGetFirst(out object? result)
    {
        result =
            _count == 1 ? _result
            : _count > 1 ? ((object?[])_result!)[0]
            : null;
        return _count > 0;
    }

    /// <summary>The failure, marked as seen; <see langword="null"/> when there is none.</summary>
    public readonly Exception? ObserveFailure()
    {
        _failure?.Observe();
        return _failure?.Exception;
    }
}
