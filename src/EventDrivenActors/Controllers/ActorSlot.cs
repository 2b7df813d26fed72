using Akka.Actor;

namespace EventDrivenActors.Controllers;

/// <summary>The actor of a handle: one for each run, since an actor that has ended cannot be started again.</summary>
internal sealed class ActorSlot(Func<IActorRef> create, Action<IActorRef> stop)
{
    private readonly Lock _gate = new();
    private IActorRef _ref = create();
    private bool _retired;

    public IActorRef Ref => Volatile.Read(ref _ref);

    /// <summary>Makes a new actor where the last one has ended.</summary>
    public void Renew()
    {
        lock (_gate)
        {
            if (_retired)
            {
                Volatile.Write(ref _ref, create());
                _retired = false;
            }
        }
    }

    /// <summary>Ends the actor at the end of a run.</summary>
    public void Retire()
    {
        lock (_gate)
        {
            _retired = true;
            stop(_ref);
        }
    }

    /// <summary>Notes that an actor has ended.</summary>
    /// <returns>Whether it was the current one and nobody here had ended it.</returns>
    public bool Lost(IActorRef actor)
    {
        lock (_gate)
        {
            if (_retired || !actor.Equals(_ref))
            {
                return false;
            }

            _retired = true;
            return true;
        }
    }
}
