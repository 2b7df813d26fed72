using System.Collections.Concurrent;
using Akka.Actor;

namespace EventDrivenActors.Listening;

/// <summary>
/// Takes events to the listeners of one actor system. One actor subscribes to the event stream for all of them.
/// </summary>
/// <remarks>
/// A subscription of each listener would make every forwarded event visit all listeners of the system; the one actor
/// looks up those of its source and key. Each source knows its own taps, of whatever systems its listeners are in, so
/// the way of an event through the whole process is found without a list of all controllers.
/// </remarks>
internal sealed class ListeningHub : IExtension
{
    /// <summary>Of all systems: two listenings at once must not close a cycle from both ends.</summary>
    private static readonly Lock Gate = new();
    private readonly ExtendedActorSystem _system;
    private readonly ConcurrentDictionary<IController, EventTap> _taps = [];

    // Under Gate.
    private IActorRef? _forwarder;

    public ListeningHub(ExtendedActorSystem system) => _system = system;

    public static ListeningHub For(ActorSystem system) => system.WithExtension<ListeningHub, Provider>();

    public IReadOnlyList<IListenable> ListenersOf(IController target, object key) =>
        _taps.TryGetValue(target, out EventTap? tap) ? tap.ListenersOf(key) : [];

    public IDisposable Listen(IListenable listener, IListenable target, IEnumerable<object> keys)
    {
        object[] bare = [.. keys.Select(EventKey.Unwrap).Distinct()];
        lock (Gate)
        {
            foreach (object key in bare)
            {
                if (listener.HopLimit == 0 && ListeningWay.Find(listener, target, key) is { } way)
                {
                    string names = string.Join(" -> ", way.Append(listener).Select(one => $"'{one.Name}'"));
                    throw new InvalidOperationException(
                        $"The controller '{listener.Name}' cannot listen to '{target.Name}' for '{key}', because "
                            + $"'{target.Name}' already gets what '{listener.Name}' takes: one event would go round "
                            + $"for ever ({names}). Listen to other keys, or set a HopLimit."
                    );
                }
            }

            _forwarder ??= StartForwarder();
            if (bare.Length > 0)
            {
                Join(listener, target, bare);
            }
        }

        return new Subscription(() => Release(listener, target, bare));
    }

    private void Join(IListenable listener, IListenable target, object[] keys)
    {
        bool isFirst = !_taps.TryGetValue(target, out EventTap? tap);
        tap ??= _taps[target] = new EventTap(target, _system.EventStream);
        foreach (object key in keys)
        {
            tap.Add(listener, key);
        }

        listener.Listening.Hears += keys.Length;
        if (isFirst)
        {
            target.Listening.Taps = target.Listening.Taps.Add(tap);
            target.Retap();
        }
    }

    private void Release(IListenable listener, IListenable target, object[] keys)
    {
        lock (Gate)
        {
            if (keys.Length == 0)
            {
                return;
            }

            EventTap tap = _taps[target];
            foreach (object key in keys)
            {
                tap.Remove(listener, key);
            }

            listener.Listening.Hears -= keys.Length;
            if (tap.IsUnheard)
            {
                _taps.TryRemove(target, out _);
                target.Listening.Taps = target.Listening.Taps.Remove(tap);
                target.Retap();
            }
        }
    }

    private IActorRef StartForwarder()
    {
        IActorRef forwarder = _system.SystemActorOf(
            Props.CreateBy(new ForwarderProducer(this)),
            "event-driven-actors-listening"
        );
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
