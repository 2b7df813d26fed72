using System.Collections.Frozen;
using System.Collections.Immutable;
using Akka.Actor;

namespace EventDrivenActors.Listening;

/// <summary>Who listens to whom in one actor system. One actor subscribes to the event stream for all listeners.</summary>
/// <remarks>
/// Each listening is counted by listener, target and key, so listening twice delivers once. A subscription of each listener would
/// make every forwarded event visit all listeners of the system; the one actor looks up those of its source and key.
/// </remarks>
internal sealed class ListeningHub : IExtension
{
    private readonly ExtendedActorSystem _system;
    private readonly Lock _gate = new();
    private readonly Dictionary<(IListenable Listener, IListenable Target, object Key), int> _counts = [];
    private ImmutableDictionary<(IController Target, object Key), ImmutableArray<IListenable>> _routes =
        ImmutableDictionary<(IController, object), ImmutableArray<IListenable>>.Empty;

    private IActorRef? _forwarder;

    public ListeningHub(ExtendedActorSystem system) => _system = system;

    public static ListeningHub For(ActorSystem system) => system.WithExtension<ListeningHub, Provider>();

    public ImmutableArray<IListenable> ListenersOf(IController target, object key) =>
        Volatile.Read(ref _routes).GetValueOrDefault((target, key), []);

    public IDisposable Listen(IListenable listener, IListenable target, IEnumerable<object> keys)
    {
        object[] bare = [.. keys.Select(EventKey.Unwrap).Distinct()];
        lock (_gate)
        {
            foreach (object key in bare)
            {
                if (listener.HopLimit == 0 && Reaches(from: listener, to: target, key))
                {
                    throw new InvalidOperationException(
                        $"The controller '{listener.Name}' cannot listen to '{target.Name}' for '{key}', because '{target.Name}' already hears '{listener.Name}': one event would go round for ever. Listen to other keys, or set a HopLimit.");
                }
            }

            foreach (object key in bare)
            {
                (IListenable, IListenable, object) entry = (listener, target, key);
                _counts[entry] = _counts.GetValueOrDefault(entry) + 1;
            }

            _forwarder ??= StartForwarder();
            Rebuild(target, bare);
        }

        return new Subscription(() => Release(listener, target, bare));
    }

    private void Release(IListenable listener, IListenable target, object[] keys)
    {
        lock (_gate)
        {
            foreach (object key in keys)
            {
                (IListenable, IListenable, object) entry = (listener, target, key);
                if (--_counts[entry] == 0)
                {
                    _counts.Remove(entry);
                }
            }

            Rebuild(target, keys);
        }
    }

    private void Rebuild(IListenable target, object[] keys)
    {
        foreach (object key in keys)
        {
            ImmutableArray<IListenable> listeners =
                [.. _counts.Keys.Where(entry => entry.Target == target && entry.Key.Equals(key)).Select(entry => entry.Listener)];
            Volatile.Write(ref _routes, listeners.IsEmpty ? _routes.Remove((target, key)) : _routes.SetItem((target, key), listeners));
        }

        FrozenSet<object> heard = _counts.Keys.Where(entry => entry.Target == target).Select(entry => entry.Key).ToFrozenSet();
        target.SetTap(heard.Count == 0 ? null : new EventTap(target, _system.EventStream, heard));
    }

    /// <summary>Whether an event that <paramref name="from"/> takes would arrive at <paramref name="to"/>.</summary>
    private bool Reaches(IListenable from, IListenable to, object key)
    {
        HashSet<IController> seen = [from];
        Queue<IController> open = new([from]);
        while (open.TryDequeue(out IController? next))
        {
            if (next == to)
            {
                return true;
            }

            foreach (IListenable listener in ListenersOf(next, key))
            {
                if (seen.Add(listener))
                {
                    open.Enqueue(listener);
                }
            }
        }

        return false;
    }

    private IActorRef StartForwarder()
    {
        IActorRef forwarder = _system.SystemActorOf(
            Props.CreateBy(new ForwarderProducer(this)), "event-driven-actors-listening");
        _system.EventStream.Subscribe(forwarder, typeof(ForwardedEvent));
        return forwarder;
    }

    private sealed class Subscription(Action release) : IDisposable
    {
        private Action? _release = release;

        public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
    }

    private sealed class ForwarderProducer(ListeningHub hub) : IIndirectActorProducer
    {
        public Type ActorType => typeof(ForwarderActor);

        public ActorBase Produce() => new ForwarderActor(hub);

        public void Release(ActorBase actor)
        {
            // Nothing is held for an actor.
        }
    }

    private sealed class Provider : ExtensionIdProvider<ListeningHub>
    {
        public override ListeningHub CreateExtension(ExtendedActorSystem system) => new(system);
    }
}
