using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Listening;

/// <summary>A controller or pool that can be listened to.</summary>
internal interface IListenable : IController
{
    int HopLimit { get; }

    /// <summary>Sets who hears the events that it takes; <see langword="null"/> when nobody does.</summary>
    void SetTap(ITap? tap);

    /// <summary>Queues a forwarded event past all outbound filters.</summary>
    void Deliver(object key, ForwardedEvent forwarded);
}
