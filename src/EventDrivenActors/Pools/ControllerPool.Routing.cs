using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Handlers;
using EventDrivenActors.Pools;
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
            object key = item.Key;
            ThrowIfRefused(AddToOne(item), key);
        }
    }

    /// <summary>
    /// Adds the event to a worker's own queue. If that worker is leaving, or was killed and does not run again yet, the
    /// event goes to the next one.
    /// </summary>
    private AddResult AddToOne(QueuedEvent item, bool anyway = false)
    {
        PoolChoice choice = Choose(item);
        while (choice.Next() is { } worker)
        {
            // In a worker's own queue it waits for that worker alone, which a handler of that worker must not await.
            item.Pending?.MoveTo(worker.Loop);
            AddResult result = worker.Loop.Mailbox.Add(item, anyway: anyway);
            if (!choice.IsRefused(result))
            {
                return result;
            }
        }

        return choice.Refusal;
    }

    private PoolChoice Choose(QueuedEvent item) =>
        new(_router, _roster.Workers, _roster.HasHeld ? _roster.IsTaking : null, item.Key, item.Value);

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
        if (_options.Routing == PoolRouting.Broadcast)
        {
            Accept(new QueuedEvent(pending));
            return;
        }

        ThrowIfSuspended(pending.Key);
        if (_options.Routing != PoolRouting.RoundRobin)
        {
            ThrowIfNotTaking(pending.Key);
            await AddToOneWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
            return;
        }

        AddResult result = _queue.Add(new QueuedEvent(pending));
        if (result == AddResult.Full)
        {
            Need Room() => new($"room in the queue of '{Name}'", needs => needs.Add(_owner));
            await FlowWait
                .GuardAsync(
                    Room,
                    async token =>
                        result = await _queue.AddWhenRoom(new QueuedEvent(pending), token).ConfigureAwait(false),
                    cancellationToken
                )
                .ConfigureAwait(false);
        }

        ThrowIfRefused(result, pending.Key);
    }

    /// <summary>
    /// Where no worker has room, waits for room at the first one; the event goes to the next one only if that worker
    /// closes meanwhile.
    /// </summary>
    private async ValueTask AddToOneWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        QueuedEvent item = new(pending);
        if (!_router.IsBound && AddToOne(item) is AddResult.Added or AddResult.Dropped)
        {
            return;
        }

        PoolChoice choice = Choose(item);
        while (choice.Next() is { } worker)
        {
            pending.MoveTo(worker.Loop);
            AddResult result = worker.Loop.Mailbox.Add(item);
            if (result == AddResult.Full)
            {
                Need Room() => new($"room in the queue of '{worker.Name}'", needs => needs.Add(worker.Loop));
                await FlowWait
                    .GuardAsync(
                        Room,
                        async token =>
                            result = await worker.Loop.Mailbox.AddWhenRoom(item, token).ConfigureAwait(false),
                        cancellationToken
                    )
                    .ConfigureAwait(false);
            }

            if (!choice.IsRefused(result))
            {
                return;
            }
        }

        ThrowIfRefused(choice.Refusal, pending.Key);
    }

    private void Broadcast(QueuedEvent item)
    {
        object key = item.Key;
        BroadcastEvent broadcast = new(this, item.Pending ?? new PostedEvent(_owner, key, item.Value));
        foreach (Controller worker in _roster.Workers)
        {
            Pending part = broadcast.PartFor(worker.Loop);
            if (worker.Loop.Mailbox.Add(new QueuedEvent(part)) == AddResult.Closed)
            {
                broadcast.Drop(part);
            }
        }

        if (!broadcast.Begin())
        {
            ThrowIfRefused(AddResult.Closed, key);
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
                $"The pool '{Name}' is {State.ToString().ToLowerInvariant()}; call Run before dispatching '{key}'."
            );
        }

        if (result == AddResult.Full)
        {
            throw new QueueFullException(
                $"The queue of the pool '{Name}' is full with {_options.Capacity} events, so '{key}' was not queued; "
                    + "await DispatchAsync for room, or raise the capacity."
            );
        }
    }

    private void ThrowIfSuspended(object key)
    {
        if (_options.ThrowWhenSuspended && State == ControllerState.Suspended)
        {
            throw new InvalidOperationException(
                $"The pool '{Name}' is suspended and takes no events meanwhile; call Resume before dispatching '{key}'."
            );
        }
    }

    /// <summary>
    /// The pool as owner of pendings, and as host of its actor. As a need, it stands for the next turn of one of its
    /// workers.
    /// </summary>
    private sealed class PoolOwner(ControllerPool pool) : IPendingOwner, IActorHost, INeed
    {
        public string Name => pool.Name;

        public TimeProvider TimeProvider => pool._runtime.TimeProvider;

        public void CancelRunning(Pending pending)
        {
            // A pending that runs belongs to its worker; one that is still the pool's is being taken right now.
        }

        public bool Withdraw(Pending pending) => false;

        public Action? LeftQueue(Pending pending, PendingStatus status)
        {
            if (pending.Counts)
            {
                pool._tally.Add(status);
            }

            return pool._queue.Remove(pending) ? pool.CheckIdle : null;
        }

        public void ReportBroken(Exception exception) => pool._log.AdapterFailed(exception);

        public bool IsOf(object controller) => ReferenceEquals(controller, pool);

        public bool TryWrap(Pending of, Type asked, object? result, out object? wrapped) =>
            Awaitable.TryWrap(of, asked, result, out wrapped);

        bool INeed.OneIsEnough => true;

        public INeed? NeedOf(Pending pending) => pending.Status == PendingStatus.Queued ? this : null;

        /// <summary>
        /// Workers that are leaving take nothing of the shared queue, but a new worker may wait for one of them.
        /// </summary>
        public void AddNeeds(List<INeed> needs, bool certainly)
        {
            foreach (Controller worker in pool._roster.Workers)
            {
                if (pool._roster.IsTaking(worker) && !pool.HasGivenUp(worker))
                {
                    needs.Add(worker.Loop);
                }
            }

            if (pool._roster.HasHeld)
            {
                needs.AddRange(pool._roster.Leaving.Select(worker => worker.Loop));
            }
        }

        public void ReportUnobserved(object key, Exception exception) => pool._log.HandlerFailed(key, exception);

        public bool Turn() => false;

        public void Told(ControllerEvent told, IActorRef sender) =>
            pool.Send(
                sender.IsNobody()
                    ? new PostedEvent(this, EventKey.Unwrap(told.Key), told.Value, told.Context, told.Args?.ToArray())
                    : new RepliedEvent(this, told, sender)
            );

        public void ActorStopped(IActorRef actor)
        {
            if (pool._actor.Lost(actor))
            {
                _ = pool.TerminateAsync();
            }
        }
    }
}
