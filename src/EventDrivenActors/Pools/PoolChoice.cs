using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pools;

/// <summary>
/// The way of one event to a worker's own queue: the workers that it may be offered to, one after the other.
/// </summary>
internal struct PoolChoice(
    PoolRouter router,
    IReadOnlyList<Controller> workers,
    Func<Controller, bool>? takes,
    object key,
    object? value
)
{
    // The thread that offers the event.
    private readonly List<int> _refused = [];
    private int _chosen;

    /// <summary>Why no worker has taken it.</summary>
    public AddResult Refusal { get; private set; } = AddResult.Closed;

    public Controller? Next()
    {
        _chosen = router.Choose(workers, _refused, takes, key, value);
        return _chosen < 0 ? null : workers[_chosen];
    }

    /// <summary>
    /// Whether the event still has to be offered to another worker. A full queue refuses it for good where its key
    /// belongs to that worker.
    /// </summary>
    public bool IsRefused(AddResult result)
    {
        if (result is AddResult.Added or AddResult.Dropped)
        {
            return false;
        }

        Refusal = result == AddResult.Full ? result : Refusal;
        _refused.AddRange(result == AddResult.Full && router.IsBound ? Enumerable.Range(0, workers.Count) : [_chosen]);
        return true;
    }
}
