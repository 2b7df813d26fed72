using System.Collections.Frozen;
using Akka.Event;
using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Listening;

/// <summary>Publishes the listened events of one controller on the event stream.</summary>
internal sealed class EventTap(IController source, EventStream stream, FrozenSet<object> keys) : ITap
{
    public void Taken(Session session)
    {
        object key = session.Event;
        if (!keys.Contains(key))
        {
            return;
        }

        // An event that was forwarded itself carries the way that it has come.
        int hops = session.Value is ForwardedEvent forwarded && forwarded.Key.Equals(key) ? forwarded.Hops + 1 : 1;
        stream.Publish(new ForwardedEvent(source, key, session.Value, session.Args, session.Context) { Hops = hops });
    }
}
