using System.Collections.Immutable;
using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

public sealed partial class ControllerPool
{
    private protected override void Accept(QueuedEvent item)
    {
        if (_options.ThrowWhenSuspended)
        {
            ThrowIfSuspended(item.Key);
        }

        if (_options.Routing == PoolRouting.RoundRobin)
        {
            AddResult result = _queue.Add(item);
            if (result != AddResult.Added)
            {
                ThrowIfRefused(result, item.Key);
            }

            return;
        }

        ThrowIfNotTaking(item.Key);
        if (_options.Routing == PoolRouting.Broadcast)
        {
            Broadcast(item);
        }
        else
        {
            AddToOne(item);
        }
    }

    /// <summary>Adds the event to a worker's own queue. One that is leaving, or was killed and does not run again yet, refuses it to the next.</summary>
    private void AddToOne(QueuedEvent item)
    {
        object key = item.Key;
        object? value = item.Value;
        ImmutableArray<Controller> workers = _workers;
        List<int> refused = [];
        int chosen;
        while ((chosen = _router.Choose(workers, refused, key, value)) >= 0)
        {
            // In a worker's own queue it waits for that worker alone, which a handler of that worker must not await.
            item.Pending?.MoveTo(workers[chosen].Loop);
            if (workers[chosen].Loop.Mailbox.Add(item) != AddResult.Closed)
            {
                return;
            }

            refused.Add(chosen);
        }

        ThrowIfRefused(AddResult.Closed, key);
    }

    private protected override void AcceptMany(object? key, ReadOnlySpan<object?> items)
    {
        if (items.IsEmpty)
        {
            return;
        }

        object named = key ?? ((Pending)items[0]!).Key;
        if (_options.Routing == PoolRouting.RoundRobin)
        {
            ThrowIfSuspended(named);
            ThrowIfRefused(_queue.AddMany(key, items), named);
            return;
        }

        foreach (object? item in items)
        {
            Accept(key is null ? new QueuedEvent((Pending)item!) : new QueuedEvent(key, item));
        }
    }

    private protected override async ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        if (_options.Routing != PoolRouting.RoundRobin)
        {
            Accept(new QueuedEvent(pending));
            return;
        }

        ThrowIfSuspended(pending.Key);
        AddResult result = _queue.Add(new QueuedEvent(pending));
        if (result == AddResult.Full)
        {
            Need room = new($"room in the queue of '{Name}'", needs => needs.Add(_owner));
            await HandlerWait.GuardAsync(room, async token => result = await _queue.AddWhenRoom(new QueuedEvent(pending), token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }

        ThrowIfRefused(result, pending.Key);
    }

    private void Broadcast(QueuedEvent item)
    {
        object key = item.Key;
        object? value = item.Value;
        Pending? whole = item.Pending;
        bool isPost = whole is null or { IsPost: true };
        List<Pending> parts = [];
        foreach (Controller worker in _workers)
        {
            Pending part = isPost
                ? new PostedEvent(worker.Loop, key, value, whole?.Context, whole?.Args, whole?.Options)
                : new Pending(worker.Loop, key, value, whole?.Context, whole?.Args, whole?.Options);
            if (worker.Loop.Mailbox.Add(new QueuedEvent(part)) != AddResult.Closed)
            {
                parts.Add(part);
            }
        }

        if (parts.Count == 0)
        {
            ThrowIfRefused(AddResult.Closed, key);
        }

        if (whole is not null && whole.TryStart(new BroadcastOwner(this, parts)))
        {
            // Joining is no part of the handler that may have dispatched the event, so it waits outside of its session.
            ThreadPool.UnsafeQueueUserWorkItem(static join => _ = JoinAsync(join.whole, join.parts), (whole, parts), preferLocal: true);
        }
    }

    private static async Task JoinAsync(Pending whole, List<Pending> parts)
    {
        List<object?> results = [];
        EventOutcome outcome = default;
        foreach (Pending part in parts)
        {
            PendingStatus status = await part.SettledAsync().ConfigureAwait(false);
            if (status == PendingStatus.Completed)
            {
                results.AddRange(await part);
            }
            else if (outcome.Status < PendingStatus.Completed || outcome.Status == PendingStatus.Skipped)
            {
                outcome = part.Outcome;
            }
        }

        whole.TrySettle(outcome.Status <= PendingStatus.Skipped && (results.Count > 0 || outcome.Status != PendingStatus.Skipped)
            ? EventOutcome.Completed(results) : outcome);
        if (whole.IsPost)
        {
            // Its parts have reported their failures already.
            whole.ObserveFailure();
        }
    }

    private void ThrowIfNotTaking(object key)
    {
        if (State is ControllerState.Stopping or ControllerState.Stopped or ControllerState.Failed)
        {
            ThrowIfRefused(AddResult.Closed, key);
        }
    }

    private void ThrowIfRefused(AddResult result, object key)
    {
        if (result == AddResult.Closed)
        {
            throw new ControllerClosedException(
                $"The pool '{Name}' is {State.ToString().ToLowerInvariant()}; call Run before dispatching '{key}'.");
        }

        if (result == AddResult.Full)
        {
            throw new QueueFullException(
                $"The queue of the pool '{Name}' is full with {_options.Capacity} events, so '{key}' was not queued; await DispatchAsync for room, or raise the capacity.");
        }
    }

    private void ThrowIfSuspended(object key)
    {
        if (_options.ThrowWhenSuspended && State == ControllerState.Suspended)
        {
            throw new InvalidOperationException(
                $"The pool '{Name}' is suspended and takes no events meanwhile; call Resume before dispatching '{key}'.");
        }
    }

    /// <summary>Owns a broadcast event: cancelling it cancels each worker's part.</summary>
    private sealed class BroadcastOwner(ControllerPool pool, IReadOnlyList<Pending> parts) : IPendingOwner, INeed
    {
        public string Name => pool.Name;

        public TimeProvider TimeProvider => pool._runtime.TimeProvider;

        public void CancelRunning(Pending pending)
        {
            foreach (Pending part in parts)
            {
                part.Cancel();
            }
        }

        public bool Withdraw(Pending pending) => false;

        public void ReportBroken(Exception exception) => pool._log.AdapterFailed(exception);

        public bool IsOf(IController controller) => ReferenceEquals(controller, pool);

        public INeed? NeedOf(Pending pending) => this;

        public void AddNeeds(List<INeed> needs, bool certainly) => needs.AddRange(parts);

        public void ReportUnobserved(object key, Exception exception) => pool._log.HandlerFailed(key, exception);
    }

    /// <summary>The pool as owner of pendings, and as host of its actor; as a need it is the next turn of one of its workers.</summary>
    private sealed class PoolOwner(ControllerPool pool) : IPendingOwner, IActorHost, INeed
    {
        public string Name => pool.Name;

        public TimeProvider TimeProvider => pool._runtime.TimeProvider;

        public void CancelRunning(Pending pending)
        {
            // A pending that runs belongs to its worker; one that is still the pool's is being taken right now.
        }

        public bool Withdraw(Pending pending) => false;

        public void ReportBroken(Exception exception) => pool._log.AdapterFailed(exception);

        public bool IsOf(IController controller) => ReferenceEquals(controller, pool);

        bool INeed.OneIsEnough => true;

        public INeed? NeedOf(Pending pending) => pending.Status == PendingStatus.Queued ? this : null;

        /// <summary>Workers that are leaving take nothing of the shared queue.</summary>
        public void AddNeeds(List<INeed> needs, bool certainly)
        {
            foreach (Controller worker in pool._workers)
            {
                if (!pool.HasGivenUp(worker))
                {
                    needs.Add(worker.Loop);
                }
            }
        }

        public void ReportUnobserved(object key, Exception exception) => pool._log.HandlerFailed(key, exception);

        public bool Turn() => false;

        public void Told(ControllerEvent told, IActorRef sender) => pool.Send(
            sender.IsNobody()
                ? new PostedEvent(this, EventKey.Unwrap(told.Key), told.Value, told.Context, told.Args?.ToArray())
                : new RepliedEvent(this, told, sender));

        public void ActorStopped(IActorRef actor)
        {
            if (pool._actor.Lost(actor))
            {
                _ = pool.TerminateAsync();
            }
        }
    }
}
