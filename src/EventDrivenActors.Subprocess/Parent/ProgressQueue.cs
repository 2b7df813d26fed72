using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Delivers the progress that handlers in a child report of one event, in order on a thread of the pool, then settles
/// the event.
/// </summary>
/// <remarks>
/// The listener may block: the link must not, and the event settles 5 s after its outcome at the latest; after half a
/// second where its child has died, even if no thread of the pool is free.
/// </remarks>
/// <param name="deferred">The event.</param>
/// <param name="time">The clock of its controller.</param>
/// <param name="others">Has those that are late.</param>
internal sealed class ProgressQueue(DeferredEvent deferred, TimeProvider time, LateProgress others)
    : IThreadPoolWorkItem
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<(object? Value, Action Taken)> _waiting = [];
    private EventOutcome? _outcome;
    private IDisposable? _late;
    private TaskCompletionSource? _delivered;
    private bool _delivering;

    /// <summary>
    /// Completes when all progress has been delivered and the event has settled. For one that is late.
    /// </summary>
    public Task Delivered => _delivered!.Task;

    /// <exception cref="WireFormatException">The child does not wait until its progress has been taken.</exception>
    public void Add(object? value, Action taken)
    {
        lock (_gate)
        {
            // One more than the window may come, when the call ends.
            if (_waiting.Count > ProgressWindow.MaxCount)
            {
                throw new WireFormatException(
                    $"More than '{ProgressWindow.MaxCount}' reports of the event '{deferred.Key}' came before they "
                        + "were taken."
                );
            }

            _waiting.Enqueue((value, taken));
            if (_delivering)
            {
                return;
            }

            _delivering = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Settle(EventOutcome outcome)
    {
        lock (_gate)
        {
            if (_delivering)
            {
                _delivered ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                others.Add(this);
                _outcome ??= outcome;
                _late ??= outcome.Status is PendingStatus.ChildLost or PendingStatus.Poisoned
                    ? others.AfterDeath(() => deferred.Settle(outcome))
                    : time.CreateTimer(_ => deferred.Settle(outcome), null, Patience, Timeout.InfiniteTimeSpan);
                return;
            }
        }

        deferred.Settle(outcome);
    }

    /// <summary>Settles an event whose outcome is known, whatever its listener does.</summary>
    public void SettleNow()
    {
        EventOutcome? outcome;
        lock (_gate)
        {
            outcome = _outcome;
        }

        if (outcome is { } known)
        {
            deferred.Settle(known);
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Next() is { } next)
        {
            deferred.Report(next.Value);
            next.Taken();
        }
    }

    private (object? Value, Action Taken)? Next()
    {
        EventOutcome outcome;
        lock (_gate)
        {
            if (_waiting.TryDequeue(out (object? Value, Action Taken) next))
            {
                return next;
            }

            _delivering = false;
            if (_outcome is null)
            {
                return null;
            }

            outcome = _outcome.Value;
            _late?.Dispose();
        }

        deferred.Settle(outcome);
        others.Remove(this);
        _delivered!.TrySetResult();
        return null;
    }
}
