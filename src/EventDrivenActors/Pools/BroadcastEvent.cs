using EventDrivenActors.EventLoop;
using EventDrivenActors.Handlers;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pools;

/// <summary>
/// An event that all workers of a pool get: cancelling it cancels each worker's part, and it ends with the last of
/// them.
/// </summary>
/// <param name="pool">Owns the event in the pool's name.</param>
/// <param name="counts">Counts it when it has ended.</param>
/// <param name="whole">The event.</param>
internal sealed class BroadcastEvent(IEventOwner pool, PoolCounts counts, Pending whole) : IEventOwner<Pending>, INeed
{
    // The dispatching thread, until it begins.
    private readonly List<Pending> _parts = [];

    // Any thread, by interlocked steps.
    private int _open;

    public string Name => pool.Name;

    public TimeProvider TimeProvider => pool.TimeProvider;

    /// <summary>Makes the part of a worker.</summary>
    public Pending PartFor(LoopFacade worker)
    {
        Pending part = whole.IsPost
            ? new PostedEvent(worker, whole.Key, whole.Value, whole.Context, whole.Args, whole.Options)
            {
                IsPart = true,
                Attachments = whole.Attachments,
            }
            : new Pending(worker, whole.Key, whole.Value, whole.Context, whole.Args, whole.Options)
            {
                IsPart = true,
                Attachments = whole.Attachments,
            };
        _parts.Add(part);
        return part;
    }

    /// <summary>Leaves out a part whose worker takes nothing any more.</summary>
    public void Drop(Pending part) => _parts.Remove(part);

    /// <summary>Hands the event over to its parts.</summary>
    /// <returns>Whether there are any.</returns>
    public bool Begin()
    {
        if (_parts.Count == 0)
        {
            return false;
        }

        whole.TryStart(this);
        _open = _parts.Count;
        foreach (Pending part in _parts)
        {
            part.WhenSettled(_ => OnPartSettled());
        }

        return true;
    }

    public void CancelRunning(Pending pending) => _parts.ForEach(static part => part.Cancel());

    public bool Withdraw(Pending pending) => false;

    /// <remarks>It has left the queue when it was given to the workers.</remarks>
    public Action? LeftQueue(Pending pending, PendingStatus status) => null;

    public void LogBroken(Exception exception) => pool.LogBroken(exception);

    public bool IsOf(object controller) => pool.IsOf(controller);

    public bool TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
        Awaitable.TryWrap(of, asked, result, out wrapped);

    public INeed? NeedOf(Pending pending) => this;

    public void AddNeeds(List<INeed> needs, bool certainly) => needs.AddRange(_parts);

    public void LogUnobserved(object key, Exception exception) => pool.LogUnobserved(key, exception);

    private void OnPartSettled()
    {
        if (Interlocked.Decrement(ref _open) > 0)
        {
            return;
        }

        List<object?> results = [];
        EventOutcome outcome = default;
        foreach (EventOutcome part in _parts.Select(part => part.Outcome))
        {
            if (part.Status == PendingStatus.Completed)
            {
                results.AddRange(part.Results);
            }
            else if (outcome.Status < PendingStatus.Completed || outcome.Status == PendingStatus.Skipped)
            {
                outcome = part;
            }
        }

        outcome =
            outcome.Status <= PendingStatus.Skipped && (results.Count > 0 || outcome.Status != PendingStatus.Skipped)
                ? EventOutcome.Completed(results)
                : outcome;
        if (whole.TrySettle(outcome))
        {
            counts.AddBroadcast(outcome.Status, hasRun: _parts.Exists(part => part.Status != PendingStatus.Cancelled));
        }

        if (whole.IsPost)
        {
            // Its parts have reported their failures already.
            whole.ObserveFailure();
        }
    }
}
