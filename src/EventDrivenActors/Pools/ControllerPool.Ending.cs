using Akka.Actor;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>The ends of workers, and what they mean to the pool.</content>
public sealed partial class ControllerPool
{
    /// <summary>
    /// What the run leaves unstarted ends as: cancelled, unless the run was ended by something else than a shutdown.
    /// </summary>
    private EventOutcome _finalOutcome = EventOutcome.Cancelled;

    /// <summary>Takes the pool from the runtime's list of what runs, unless its next run has begun meanwhile.</summary>
    private void Untrack()
    {
        lock (_gate)
        {
            if (_state is ControllerState.Stopped or ControllerState.Failed)
            {
                _runtime.Forget(this);
            }
        }
    }

    /// <summary>
    /// A worker has left, or ended by itself: one that was killed runs again, and with the last one that cannot the
    /// pool ends.
    /// </summary>
    private void OnWorkerEnded(Controller worker)
    {
        EventOutcome outcome = EventOutcome.Closed;
        DroppedEvents left = default;
        IActorRef? retired = null;
        TaskCompletionSource? runEnd = null;
        lock (_gate)
        {
            Forget(worker);
            Start(worker);
            TellWorkersChange();
            if (KeepsWorkers && _roster.Workers.All(HasGivenUp))
            {
                // All that is to end is taken here: what settles may run the pool again, and that run has events, an
                // actor and an end of its own.
                outcome = worker.FinalOutcome;
                _finalOutcome = outcome;
                _queue.Close();
                left = _queue.Drop();
                if (_state == ControllerState.Running)
                {
                    _readiness.Fail(worker.Failure);
                    EndSuspension();
                    _state = worker.State;
                    retired = _actor.Retire();
                    runEnd = _runEnd;
                }
            }
        }

        _tally.Add(outcome.Status, left.Settle(outcome));
        if (runEnd is not null)
        {
            _actor.Stop(retired);
            Untrack();
            runEnd.TrySetResult();
        }

        WaitWatch.OfProcess.FailBlocked(RunningEvents);
        CheckIdle();
    }

    /// <summary>A worker under an actor's context cannot run again: only that actor may make it a new actor.</summary>
    private bool HasGivenUp(Controller worker) =>
        worker.State == ControllerState.Failed
        || (worker.State == ControllerState.Stopped && _options.ActorFactory is IActorContext);

    private EventOutcome FinalOutcome()
    {
        lock (_gate)
        {
            // A worker that fails closes its queue before the pool hears of it.
            return KeepsWorkers ? _roster.Workers[0].FinalOutcome : _finalOutcome;
        }
    }
}
