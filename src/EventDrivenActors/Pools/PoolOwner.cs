using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Handlers;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Pools;

/// <summary>
/// A pool as owner of pendings, and as what callers wait for. As a need, it stands for the next turn of one of its
/// workers.
/// </summary>
internal sealed class PoolOwner : IEventOwner<Pending>, IReceiver, INeed
{
    private readonly IController _pool;
    private readonly ControllerLog _log;
    private readonly EventMailbox _queue;
    private readonly PoolMembers _members;

    public PoolOwner(
        IController pool,
        TimeProvider timeProvider,
        ControllerLog log,
        EventMailbox queue,
        PoolMembers members,
        PoolCounts counts
    )
    {
        _pool = pool;
        TimeProvider = timeProvider;
        _log = log;
        _queue = queue;
        _members = members;
        Unstarted = new UnstartedEvents(queue, counts.Tally);
        Waiters = new Waiters(this, members.ForgetLeftBehind);
    }

    public string Name => _pool.Name;

    public TimeProvider TimeProvider { get; }

    /// <summary>Settles what leaves the shared queue without having run.</summary>
    public UnstartedEvents Unstarted { get; }

    /// <summary>The callers that wait for the pool.</summary>
    public Waiters Waiters { get; }

    public ControllerState State => _pool.State;

    public bool IsIdle => _pool.IsIdle;

    INeed IReceiver.NextTurn => this;

    bool INeed.OneIsEnough => true;

    public bool Runs(SessionFrame frame) => ReferenceEquals(frame.Host.Pool, _pool);

    public void AddRunning(List<INeed> needs) => needs.AddRange(_members.All.Select(worker => worker.Loop));

    public void AddQueued(List<INeed> needs)
    {
        if (!_queue.IsEmpty)
        {
            needs.Add(this);
        }

        foreach (Controller worker in _members.All)
        {
            worker.Loop.AddQueued(needs);
        }
    }

    /// <summary>
    /// Workers that are leaving take nothing of the shared queue, but a new worker may wait for one of them.
    /// </summary>
    public void AddNeeds(List<INeed> needs, bool certainly)
    {
        foreach (Controller worker in _members.Workers)
        {
            if (_members.IsTaking(worker) && !_members.HasGivenUp(worker))
            {
                needs.Add(worker.Loop);
            }
        }

        if (_members.HasHeld)
        {
            needs.AddRange(_members.Leaving.Select(worker => worker.Loop));
        }
    }

    public void CancelRunning(Pending pending)
    {
        // A pending that runs belongs to its worker; one that is still the pool's is being taken right now.
    }

    public bool Withdraw(Pending pending) => false;

    public Action? LeftQueue(Pending pending, PendingStatus status) =>
        Unstarted.Remove(pending, status) ? Waiters.CheckIdle : null;

    public void LogBroken(Exception exception) => _log.AdapterFailed(exception);

    public void LogUnobserved(object key, Exception exception) => _log.HandlerFailed(key, exception);

    public INeed? NeedOf(Pending pending) => pending.Status == PendingStatus.Queued ? this : null;

    public bool IsOf(object controller) => ReferenceEquals(controller, _pool);

    public bool TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
        Awaitable.TryWrap(of, asked, result, out wrapped);
}
