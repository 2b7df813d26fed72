using Akka.Actor;

namespace EventDrivenActors.Actors;

/// <summary>The actor of a handle: one for each run, since an actor that has ended cannot be started again.</summary>
/// <param name="host">Makes it.</param>
/// <param name="late">Whether it is made only when somebody needs it: an idle controller then costs no actor.</param>
internal sealed class ActorSlot(IActorHost host, bool late)
{
    // Written under the lock, which is this object's monitor; read by any thread.
    private IActorRef? _ref = late ? null : host.CreateActor();
    private ActorCell? _cell;
    private volatile bool _retired;

    /// <summary>The cell of the actor, if its turns need not come by its mailbox.</summary>
    public ActorCell? Cell => Volatile.Read(ref _cell);

    public bool IsMade => Volatile.Read(ref _ref) is not null;

    /// <summary>Whether the run of the actor is over: what it is told may never arrive.</summary>
    public bool IsRetired => _retired;

    /// <exception cref="InvalidOperationException">There is none yet, and the actor system makes no more.</exception>
    public IActorRef Ref => Volatile.Read(ref _ref) ?? Make();

    /// <summary>Tells the actor something.</summary>
    /// <returns>False when there is none and none can be made any more.</returns>
    public bool TryTell(object message)
    {
        try
        {
            Ref.Tell(message, ActorRefs.NoSender);
            return true;
        }
        catch (InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Notes the cell of the current actor, when its turns need not come by its mailbox.</summary>
    public void UseCell(ActorCell cell)
    {
        lock (this)
        {
            _cell = !_retired && cell.Self.Equals(_ref) ? cell : null;
        }
    }

    /// <summary>Makes a new actor where the last one has ended, or lets it be made when it is needed.</summary>
    public void Renew(bool late)
    {
        lock (this)
        {
            if (_retired)
            {
                Volatile.Write(ref _ref, late ? null : host.CreateActor());
                _retired = false;
            }
        }
    }

    /// <summary>Ends a run of the actor; the next run gets a new actor.</summary>
    /// <returns>
    /// The actor that is to be stopped when the end of the run can be seen, since its watchers look then; null where
    /// none was made.
    /// </returns>
    public IActorRef? Retire()
    {
        lock (this)
        {
            _retired = true;
            _cell = null;
            return _ref;
        }
    }

    /// <summary>
    /// Stops an actor that was retired, after the messages that it has: each event told before is answered.
    /// </summary>
    public static void Stop(IActorRef? retired) => retired?.Tell(PoisonPill.Instance, ActorRefs.NoSender);

    /// <summary>Notes that an actor has ended.</summary>
    /// <returns>Whether it was the current one and nobody here had ended it.</returns>
    public bool Lost(IActorRef actor)
    {
        lock (this)
        {
            if (_retired || !actor.Equals(_ref))
            {
                return false;
            }

            _retired = true;
            _cell = null;
            return true;
        }
    }

    private IActorRef Make()
    {
        lock (this)
        {
            if (_ref is null)
            {
                Volatile.Write(ref _ref, host.CreateActor());
                if (_retired)
                {
                    // Its watchers hear at once that the run has ended.
                    Stop(_ref);
                }
            }

            return _ref;
        }
    }
}
