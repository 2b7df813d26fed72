using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Runtime.InteropServices;
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
    private readonly Dictionary<IListenable, FrozenSet<object>> _heard = [];
    private ImmutableDictionary<(IController Target, object Key), Audience> _routes = ImmutableDictionary<(IController, object), Audience>.Empty;

    private IActorRef? _forwarder;

    public ListeningHub(ExtendedActorSystem system) => _system = system;

    public static ListeningHub For(ActorSystem system) => system.WithExtension<ListeningHub, Provider>();

    public IReadOnlyList<IListenable> ListenersOf(IController target, object key) =>
        Volatile.Read(ref _routes).TryGetValue((target, key), out Audience? audience) ? audience.Members : [];

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

            _forwarder ??= StartForwarder();
            foreach (object key in bare)
            {
                ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(_counts, (listener, target, key), out _);
                if (++count == 1)
                {
                    Join(listener, target, key);
                }
            }
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
                    Part(listener, target, key);
                }
            }
        }
    }

    private void Join(IListenable listener, IListenable target, object key)
    {
        if (_routes.TryGetValue((target, key), out Audience? audience))
        {
            audience.Add(listener);
            return;
        }

        audience = new Audience();
        audience.Add(listener);
        Volatile.Write(ref _routes, _routes.Add((target, key), audience));
        Tap(target, _heard.GetValueOrDefault(target, FrozenSet<object>.Empty).Append(key));
    }

    private void Part(IListenable listener, IListenable target, object key)
    {
        if (!_routes[(target, key)].Remove(listener))
        {
            Volatile.Write(ref _routes, _routes.Remove((target, key)));
            Tap(target, _heard[target].Where(other => !other.Equals(key)));
        }
    }

    /// <summary>Says which events of a controller are heard from now on.</summary>
    private void Tap(IListenable target, IEnumerable<object> keys)
    {
        FrozenSet<object> heard = keys.ToFrozenSet();
        if (heard.Count == 0)
        {
            _heard.Remove(target);
            target.SetTap(null);
            return;
        }

        _heard[target] = heard;
        target.SetTap(new EventTap(target, _system.EventStream, heard));
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
