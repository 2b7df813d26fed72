using Akka.Actor;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <content>How a pool runs, is suspended, and ends.</content>
public sealed partial class ControllerPool
{
    /// <inheritdoc/>
    public override void Run(SessionContext? context = null)
    {
        lock (_state.Gate)
        {
            if (_state.IsOn)
            {
                return;
            }

            if (_state.IsOver)
            {
                if (_options.ActorFactory is IActorContext)
                {
                    throw new InvalidOperationException(
                        $"The pool '{Name}' was made under an actor's context, which only that actor may use again; "
                            + "make a new pool there instead of calling Run."
                    );
                }

                _runtime.ThrowIfEnded(Name);
                _actor.Renew(IsLate);
                _runtime.Track(this);
            }

            _readiness.Forget();
            _state.Begin(context);
            _queue.Reopen();
            _members.StartAll(revive: true);
        }

        _readiness.Begin();
    }

    /// <inheritdoc/>
    public override Task ReadyAsync(CancellationToken cancellationToken = default) =>
        _readiness.WaitAsync(cancellationToken);

    /// <inheritdoc/>
    public override Task SuspendAsync()
    {
        lock (_state.Gate)
        {
            return _members.SuspendAsync();
        }
    }

    /// <inheritdoc/>
    public override void Resume()
    {
        lock (_state.Gate)
        {
            _members.Resume();
        }
    }

    /// <inheritdoc/>
    public override Task<ShutdownReport> ShutdownAsync(
        ShutdownMode mode = ShutdownMode.Drain,
        TimeSpan? deadline = null
    )
    {
        TimeSpan limit = Deadline(deadline, _runtime.ShutdownDeadline);
        return _owner.Waiters.ShutdownAsync(mode, () => _stopping.Shutdown(mode, limit));
    }

    /// <inheritdoc/>
    public override Task WaitAsync(CancellationToken cancellationToken = default) =>
        _owner.Waiters.WaitForEndAsync(_state.End, cancellationToken);

    /// <summary>Ends the pool with its actor or its actor system: everything open settles as closed.</summary>
    internal override Task TerminateAsync() => _stopping.TerminateAsync();

    /// <summary>
    /// A worker has left, or ended by itself: one that was killed runs again, and with the last one that cannot the
    /// pool ends.
    /// </summary>
    private void OnWorkerEnded(Controller worker)
    {
        EventOutcome outcome = EventOutcome.Closed;
        DroppedEvents left = default;
        IActorRef? retired = null;
        TaskCompletionSource? end = null;
        lock (_state.Gate)
        {
            if (_members.OnEnded(worker))
            {
                // All that is to end is taken here: what settles may run the pool again, and that run has events, an
                // actor and an end of its own.
                outcome = worker.FinalOutcome;
                _state.FinalOutcome = outcome;
                _queue.Close();
                left = _queue.Drop();
                if (_state.Phase == ControllerState.Running)
                {
                    _readiness.Fail(worker.Failure);
                    _members.EndSuspension();
                    end = _state.Finish(worker.State);
                    retired = _actor.Retire();
                }
            }
        }

        _owner.Unstarted.Settle(left, outcome);
        if (end is not null)
        {
            ActorSlot.Stop(retired);
            Untrack();
            end.TrySetResult();
        }

        WaitWatch.OfProcess.FailBlocked(_members.RunningEvents);
        _owner.Waiters.CheckIdle();
    }

    /// <summary>The run is over, but for the callers that wait for its end.</summary>
    private void OnRunEnded(IActorRef? retired)
    {
        _readiness.Begin();
        ActorSlot.Stop(retired);
        Untrack();
        _owner.Waiters.CheckIdle();
    }

    /// <summary>Takes the pool from the runtime's list of what runs, unless its next run has begun meanwhile.</summary>
    private void Untrack()
    {
        lock (_state.Gate)
        {
            if (_state.IsOver)
            {
                _runtime.Forget(this);
            }
        }
    }
}
