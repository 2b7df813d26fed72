using Akka.Actor;

namespace EventDrivenActors;

/// <summary>The seams that a controller offers to its adapters. Built-in adapters use these and no others.</summary>
/// <remarks>
/// For use inside <see cref="IAdapter.Configure"/> only, except <see cref="Controller"/>, <see cref="Lifecycle"/>,
/// <see cref="System"/>, <see cref="RunContext"/> and <see cref="TimeProvider"/>.
/// </remarks>
public interface IAdapterContext
{
    /// <summary>The controller that is being built; usable once it has been created.</summary>
    IController Controller { get; }

    /// <summary>The actor system that the controller lives in.</summary>
    ActorSystem System { get; }

    /// <summary>The only clock that an adapter should read.</summary>
    TimeProvider TimeProvider { get; }

    /// <summary>
    /// Gets another adapter of this controller, installing it first if need be. There is one instance of it.
    /// </summary>
    /// <typeparam name="TAdapter">The adapter's type.</typeparam>
    /// <returns>The instance.</returns>
    /// <exception cref="InvalidOperationException">Adapters require each other, so that none can be installed
    /// first.</exception>
    TAdapter Require<TAdapter>()
        where TAdapter : IAdapter, new();

    /// <summary>
    /// The context of all events of the current run: the controller's with the run's laid over it. Valid from
    /// <see cref="IControllerLifecycle.OnStarted"/> on.
    /// </summary>
    SessionContext RunContext { get; }

    /// <summary>Adds handlers and hooks.</summary>
    /// <param name="blueprint">The handlers and hooks to add to the controller's mapping.</param>
    void Map(MappingBlueprint blueprint);

    /// <summary>Adds an entry to the controller's context.</summary>
    /// <typeparam name="TValue">The type of the entry.</typeparam>
    /// <param name="key">The entry.</param>
    /// <param name="value">Its value.</param>
    void Provide<TValue>(SessionKey<TValue> key, TValue value);

    /// <summary>Puts a filter around <c>Dispatch</c> and <c>Submit</c>; the first one added is the outermost.</summary>
    /// <param name="filter">Calls its second argument to send the event on. Runs on the dispatching thread.</param>
    void UseOutbound(Func<OutboundEvent, OutboundDelegate, Pending> filter);

    /// <summary>Puts a filter around the handling of events; the first one added is the outermost.</summary>
    /// <param name="filter">
    /// Calls its second argument to handle the event; not calling it skips the event, unless
    /// <see cref="Session.Defer"/> was called. Runs on the loop, also for <see cref="ControllerEvents.Timing"/> and
    /// submissions.
    /// </param>
    void UseInbound(Func<Session, InboundDelegate, ValueTask> filter);

    /// <summary>Adds a part to what "idle" means.</summary>
    /// <param name="source">The part.</param>
    void UseIdleSource(IIdleSource source);

    /// <summary>The turning points of the controller's life.</summary>
    IControllerLifecycle Lifecycle { get; }
}
