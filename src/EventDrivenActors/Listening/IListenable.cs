namespace EventDrivenActors.Listening;

/// <summary>A controller or pool that can be listened to.</summary>
internal interface IListenable : IController
{
    int HopLimit { get; }

    ListeningPlace Listening { get; }

    /// <summary>Those that take its events: itself, or a pool's workers.</summary>
    IEnumerable<IListenable> Takers { get; }

    /// <summary>Called when its <see cref="Listening"/> has other taps.</summary>
    void Retap();

    /// <summary>Queues a forwarded event past all outbound filters.</summary>
    void Deliver(object key, ForwardedEvent forwarded);
}
