using Akka.Actor;
using Akka.Actor.Internal;
using EventDrivenActors.Actors;
using EventDrivenActors.EventLoop;

namespace EventDrivenActors;

public sealed partial class Controller
{
    /// <summary>Connects the loop, which knows no actor, with the actor, which knows no loop.</summary>
    private sealed class Edge(Controller controller) : ILoopHost, IActorHost, IThreadPoolWorkItem
    {
        IController ILoopHost.Controller => controller;

        public IController? Pool => controller.Pool;

        public int WorkerIndex => controller._membership?.Index ?? 0;

        public bool TurnsAnywhere => controller._actor.Home is not null;

        public void Schedule()
        {
            if (controller._actor.Home is not null)
            {
                OfferedThread.Queue(this);
            }
            else if (!controller._runtime.HasSystem && !controller._actor.IsMade)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static edge => edge.EarlyTurn(), this, preferLocal: false);
            }
            else if (controller._actor.IsRetired)
            {
                ThreadPool.UnsafeQueueUserWorkItem(static edge => edge.LateTurn(), this, preferLocal: false);
            }
            else if (!controller._actor.TryTell(Drain.Instance))
            {
                controller._loop.Terminate(EventOutcome.Closed);
            }
        }

        public bool Turn() => controller._loop.Drain(controller._runtime.DrainBudget);

        public void TurnsFreely(ActorCell home) => controller._actor.Settle(home);

        /// <summary>
        /// A turn that does not come by the actor's mailbox. What handlers tell still has the actor as its sender.
        /// </summary>
        void IThreadPoolWorkItem.Execute()
        {
            InternalCurrentActorCellKeeper.Current = controller._actor.Home;
            bool more = Turn();
            InternalCurrentActorCellKeeper.Current = null;
            if (more)
            {
                // After the work of others.
                ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
            }
        }

        /// <summary>
        /// A turn while the actor system is booting, when no code can have the actor's reference yet.
        /// </summary>
        private void EarlyTurn()
        {
            InternalCurrentActorCellKeeper.Current = null;
            if (controller._runtime.HasSystem || Turn())
            {
                Schedule();
            }
        }

        /// <summary>A turn after the end of a run, whose actor takes no messages any more.</summary>
        private void LateTurn()
        {
            InternalCurrentActorCellKeeper.Current = null;
            controller._loop.EndLeftBehind();
            if (!controller._actor.IsRetired)
            {
                // The next run has begun meanwhile, and its turns belong to its actor.
                Schedule();
            }
        }

        public void RunEnded(Func<long> deadline) => _ = controller.CloseRunAsync(deadline);

        public void Finishing() => controller._lifecycle.Finishing();

        public void Aborting() => controller._lifecycle.Aborting();

        public Func<int> Cleaning() => controller._lifecycle.Cleaning();

        public void ReportFailure(object key, Exception exception) => controller._log.HandlerFailed(key, exception);

        public void ReportBroken(Exception exception) => controller._log.AdapterFailed(exception);

        public void ReportStuck(object key, TimeSpan timeout) => controller._log.HandlerStuck(key, timeout);

        public void ReportUnhandled(object key) => controller.OnUnhandled(key);

        public void Told(ControllerEvent told, IActorRef sender) =>
            controller.Send(
                sender.IsNobody()
                    ? new PostedEvent(
                        controller._loop,
                        EventKey.Unwrap(told.Key),
                        told.Value,
                        told.Context,
                        told.Args?.ToArray()
                    )
                    : new RepliedEvent(controller._loop, told, sender)
            );

        public void ActorStopped(IActorRef actor)
        {
            if (controller._actor.Lost(actor))
            {
                controller._loop.Terminate(EventOutcome.Closed);
            }
        }
    }
}
