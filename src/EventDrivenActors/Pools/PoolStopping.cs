using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pools;

/// <summary>Shuts a pool down, from the first demand to the end of its run.</summary>
/// <param name="state">The pool's run.</param>
/// <param name="members">The workers.</param>
/// <param name="queue">The queue that all workers share.</param>
/// <param name="counts">Counts how the events ended.</param>
/// <param name="owner">Owns the announcement of the shutdown.</param>
/// <param name="actor">The pool's actor, which ends with the run.</param>
/// <param name="ended">Called with the retired actor when the run has ended, before its end is reported.</param>
internal sealed class PoolStopping(
    PoolState state,
    PoolMembers members,
    EventMailbox queue,
    PoolCounts counts,
    PoolOwner owner,
    ActorSlot actor,
    Action<IActorRef?> ended
)
{
    // Under the pool's gate.
    private PoolShutdown? _shutdown;

    /// <summary>Asks for the end of the run, or makes a shutdown under way stricter.</summary>
    public Task<ShutdownReport> Shutdown(ShutdownMode mode, TimeSpan deadline)
    {
        if (Begin(ref mode, out bool begun) is not { } shutdown)
        {
            return Task.FromResult(new ShutdownReport(0, 0, 0));
        }

        shutdown.Demand(mode, deadline);
        if (begun)
        {
            _ = EndAsync(shutdown);
        }

        return shutdown.Report;
    }

    /// <summary>Ends the run at once: everything open settles as closed.</summary>
    public async Task TerminateAsync()
    {
        ShutdownMode mode = ShutdownMode.Abort;
        if (Begin(ref mode, out bool begun, EventOutcome.Closed) is not { } shutdown)
        {
            return;
        }

        owner.Unstarted.SettleAll(EventOutcome.Closed);
        await Task.WhenAll(WorkersToEnd(shutdown).Select(worker => worker.TerminateAsync())).ConfigureAwait(false);
        shutdown.Demand(mode, TimeSpan.Zero);
        if (begun)
        {
            _ = EndAsync(shutdown);
        }

        await shutdown.Report.ConfigureAwait(false);
    }

    /// <summary>The shutdown under way, begun now if there was none; nothing when the pool has ended.</summary>
    private PoolShutdown? Begin(ref ShutdownMode mode, out bool begun, EventOutcome? outcome = null)
    {
        lock (state.Gate)
        {
            begun = _shutdown is null && !state.IsOver;
            if (begun)
            {
                mode = state.Phase == ControllerState.Created ? ShutdownMode.Abort : mode;
                _shutdown = new PoolShutdown(
                    owner,
                    queue,
                    () => owner.Unstarted.SettleAll(EventOutcome.Cancelled),
                    WorkersToEnd,
                    Ended,
                    owner.TimeProvider
                );
                state.BeginStopping();
                queue.Close();
            }

            if (_shutdown is not null && outcome is { } final)
            {
                state.FinalOutcome = final;
            }

            return _shutdown;
        }
    }

    /// <summary>
    /// The workers, of which none runs again; none where the shutdown is over, for they may be of the next run.
    /// </summary>
    private IReadOnlyList<Controller> WorkersToEnd(PoolShutdown shutdown)
    {
        lock (state.Gate)
        {
            if (!ReferenceEquals(_shutdown, shutdown))
            {
                return [];
            }

            state.EndWorkers();
            return members.All;
        }
    }

    private async Task EndAsync(PoolShutdown shutdown)
    {
        bool vetoed = await shutdown
            .DrainAsync(owner.Waiters.BecomeIdleAsync, () => members.All.Any(worker => worker.Loop.AnnouncesShutdown))
            .ConfigureAwait(false);
        if (vetoed && TryGoOn())
        {
            shutdown.Complete(new ShutdownReport(0, 0, 0) { Vetoed = true, Ended = false });
            return;
        }

        ShutdownReport report = await shutdown.EndAsync().ConfigureAwait(false);
        IActorRef? retired = actor.Retire();
        TaskCompletionSource end;
        lock (state.Gate)
        {
            _shutdown = null;
            members.EndSuspension();
            end = state.Finish(ControllerState.Stopped);
        }

        ended(retired);
        shutdown.Complete(report);
        end.TrySetResult();
    }

    /// <summary>Takes a shutdown back that was vetoed, unless a stricter one ends the workers already.</summary>
    private bool TryGoOn()
    {
        lock (state.Gate)
        {
            if (!state.TryGoOn())
            {
                return false;
            }

            _shutdown = null;
            queue.Reopen();
            members.StartAll();
            return true;
        }
    }

    private EventCounts Ended()
    {
        lock (state.Gate)
        {
            return counts.Ended(members.All);
        }
    }
}
