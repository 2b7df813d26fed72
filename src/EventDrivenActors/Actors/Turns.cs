using Akka.Actor;
using Akka.Actor.Internal;
using Akka.Dispatch;
using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Actors;

/// <summary>
/// Decides which thread gives a controller's loop its next turn. The mailbox calls it when the idle loop has something
/// to do.
/// </summary>
/// <remarks>
/// There are four kinds of turns. <list type="number">
/// <item>The thread that dispatches gives it, where the loop only passes its events on (<see cref="TryHere"/>).</item>
/// <item>An adapter's thread that has offered itself gives it (<see cref="OfferedThread"/>), or else</item>
/// <item>a thread of the pool does. Both need an actor whose dispatcher has no threads and no order of its own.</item>
/// <item>The actor gives it: the first one of a run, and all of them where its dispatcher is of another kind.</item>
/// </list>
/// Before the actor system has booted, and after the actor has ended, a thread of the pool gives it without the actor.
/// </remarks>
internal sealed class Turns(TurnConditions conditions) : ITurns, IThreadPoolWorkItem
{
    // Set once, before the first turn.
    private LoopFacade _facade = null!;
    private ControllerLoop _loop = null!;
    private ActorSlot _actor = null!;

    // The first turn of an actor writes, later ones read: not 0 once the actor has left its turns to others.
    private int _budget;

    bool IEventConsumer.IsEnlisted { get; set; }

    public void Connect(LoopFacade facade, ActorSlot actor)
    {
        _facade = facade;
        _loop = facade.Loop;
        _actor = actor;
    }

    /// <summary>The mailbox has an event for the idle loop. On the thread that dispatches.</summary>
    public void Wake()
    {
        if (!TryHere())
        {
            Request();
        }
    }

    public void Request()
    {
        if (_actor.Cell is not null)
        {
            OfferedThread.Queue(this);
        }
        else if (!conditions.HasSystem && !_actor.IsMade)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.RunBeforeActor(), this, preferLocal: false);
        }
        else if (_actor.IsRetired)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static turns => turns.RunAfterActor(), this, preferLocal: false);
        }
        else if (!_actor.TryTell(Drain.Instance))
        {
            _facade.Terminate(EventOutcome.Closed);
        }
    }

    /// <summary>A turn that the actor gives.</summary>
    /// <returns>Whether there is more to do: the actor gives another turn after its other messages.</returns>
    public bool Run() => _loop.Drain(_budget > 0 ? _budget : conditions.Budget);

    /// <summary>
    /// The actor has got its first message, so all that handlers need of it is there. A dispatcher of another kind may
    /// use its own threads or order, so its actor gives all turns.
    /// </summary>
    public void LeaveActor(ActorCell cell)
    {
        if (
            cell.Dispatcher.GetType() == typeof(Dispatcher)
            && cell.Dispatcher.Configurator.Config.GetString("executor") is "default-executor" or "thread-pool-executor"
        )
        {
            _budget = conditions.HasSystem ? conditions.Budget : 0;
            _actor.UseCell(cell);
        }
    }

    /// <summary>
    /// A turn of an offered thread, or of one of the pool. Messages that handlers tell still have the actor as their
    /// sender.
    /// </summary>
    void IThreadPoolWorkItem.Execute()
    {
        InternalCurrentActorCellKeeper.Current = _actor.Cell;
        bool more = Run();
        InternalCurrentActorCellKeeper.Current = null;
        if (more)
        {
            // After the work of others.
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
        }
    }

    /// <summary>Only where any thread may give turns.</summary>
    private bool TryHere() => _actor.Cell is not null && _loop.TryRelay();

    /// <summary>A turn while the actor system boots, when no code can have the actor's reference yet.</summary>
    private void RunBeforeActor()
    {
        InternalCurrentActorCellKeeper.Current = null;
        if (conditions.HasSystem || Run())
        {
            Request();
        }
    }

    /// <summary>A turn after the end of a run, whose actor takes no messages any more.</summary>
    private void RunAfterActor()
    {
        InternalCurrentActorCellKeeper.Current = null;
        _loop.EndLeftBehind();
        if (!_actor.IsRetired)
        {
            // The next run has begun meanwhile, and its turns belong to its actor.
            Request();
        }
    }
}
