using System.Collections.Concurrent;
using Akka.Event;
using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Listening;

/// <summary>
/// Publishes the events of one controller that are listened to in one actor system on that system's event stream.
/// </summary>
internal sealed class EventTap(IController source, EventStream stream) : ITap
{
    private readonly ConcurrentDictionary<object, Audience<IListenable>> _audiences = [];

    public bool IsUnheard => _audiences.IsEmpty;

    public bool Hears(object key) => _audiences.ContainsKey(key);

    public IReadOnlyList<IListenable> ListenersOf(object key) =>
        _audiences.TryGetValue(key, out Audience<IListenable>? audience) ? audience.Members : [];

    public void Taken(Session session)
    {
        object key = session.Event;
        if (!_audiences.ContainsKey(key))
        {
            return;
        }

        // An event that was forwarded itself carries the way that it has come.
        int hops = session.Value is ForwardedEvent forwarded && forwarded.Key.Equals(key) ? forwarded.Hops + 1 : 1;
        stream.Publish(new ForwardedEvent(source, key, session.Value, session.Args, session.Context) { Hops = hops });
    }

    public void Add(IListenable listener, object key) =>
        _audiences.GetOrAdd(key, static _ => new Audience<IListenable>()).Add(listener);

    public void Remove(IListenable listener, object key)
    {
        if (!_audiences[key].Remove(listener))
        {
            _audiences.TryRemove(key, out _);
        }
    }
}
