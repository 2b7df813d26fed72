using Akka.Actor;
using Akka.Event;
using EventDrivenActors.Actors;
using EventDrivenActors.Configuration;
using EventDrivenActors.Controllers;

namespace EventDrivenActors;

/// <summary>Makes controllers in an actor system: one of its own, or one that the application has.</summary>
/// <remarks>
/// Disposing it shuts all its controllers down and ends its own actor system; one that it joined stays. When the actor
/// system ends first, everything open settles as closed. All members may be called by any thread.
/// </remarks>
public sealed class EventRuntime : IAsyncDisposable
{
    private static readonly TimeSpan TerminationLimit = TimeSpan.FromSeconds(4);
    private readonly RuntimeSystem _system;
    private readonly TimeSpan? _shutdownDeadline;
    private readonly int? _drainBudget;
    private readonly bool _ownsSystem;
    private readonly bool _endsQuietly;

    // Any thread, by interlocked increments.
    private int _named;

    private EventRuntime(Task<ActorSystem> system, EventRuntimeOptions options, bool ownsSystem)
    {
        _system = new RuntimeSystem(system);
        TurnConditions = new TurnConditions(() => HasSystem, () => DrainBudget);
        TimeProvider = options.TimeProvider;
        ConfigureEach = options.ConfigureEach;
        Unhandled = options.Unhandled;
        _shutdownDeadline = options.ShutdownDeadline;
        _drainBudget = options.DrainBudget;
        _ownsSystem = ownsSystem;
        _endsQuietly = ownsSystem && !options.Configuration.HasPath("akka.loglevel");
    }

    /// <summary>The actor system that the controllers live in; waits for one that is still starting.</summary>
    public ActorSystem System => _system.System;

    /// <summary>Whether the actor system has started, so that actors are made at once.</summary>
    internal bool HasSystem => _system.IsThere;

    internal TurnConditions TurnConditions { get; }

    internal TimeProvider TimeProvider { get; }

    internal TimeSpan ShutdownDeadline => _shutdownDeadline ?? _system.ShutdownDeadline;

    internal int DrainBudget => _drainBudget ?? _system.DrainBudget;

    internal Task<ILoggingAdapter> Log => _system.Log;

    internal Action<ControllerOptions>? ConfigureEach { get; }

    private IEnumerable<ControllerBase> Open => _system.Open.InOrder.Where(one => ReferenceEquals(one.Runtime, this));

    internal Action<IController, object>? Unhandled { get; }

    /// <summary>Makes a runtime with an actor system of its own.</summary>
    /// <param name="configure">Sets its options.</param>
    /// <returns>The runtime; dispose it to end the actor system.</returns>
    public static EventRuntime Create(Action<EventRuntimeOptions>? configure = null)
    {
        EventRuntimeOptions options = Configured(configure);
        ActorSystem system = ActorSystem.Create(
            options.SystemName,
            options.Configuration.WithFallback(RuntimeSettings.Reference)
        );
        return new EventRuntime(Task.FromResult(system), options, ownsSystem: true);
    }

    /// <summary>Makes a runtime in an existing actor system, which stays when the runtime is disposed.</summary>
    /// <param name="system">The actor system.</param>
    /// <param name="configure">Sets its options; those about the system itself have no effect.</param>
    /// <returns>The runtime.</returns>
    public static EventRuntime For(ActorSystem system, Action<EventRuntimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new EventRuntime(Task.FromResult(system), Configured(configure), ownsSystem: false);
    }

    /// <summary>
    /// Makes a runtime in an actor system that is still starting. Its controllers take events meanwhile.
    /// </summary>
    /// <param name="system">The actor system. Where it fails, the controllers go on without one.</param>
    /// <param name="configure">Sets its options; those about the system itself have no effect.</param>
    /// <returns>The runtime.</returns>
    /// <remarks>
    /// Until it has started, handlers run on the thread pool, what they tell has no sender, and what is to be logged
    /// waits. A caller that asks for the system, or for the <c>Ref</c> of a controller, waits for it, blocking.
    /// </remarks>
    public static EventRuntime For(Task<ActorSystem> system, Action<EventRuntimeOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(system);
        return new EventRuntime(system, Configured(configure), ownsSystem: false);
    }

    /// <summary>Makes a controller. Its events wait for <see cref="Controller.Run"/>.</summary>
    /// <param name="configure">Sets its options.</param>
    /// <returns>The controller.</returns>
    /// <exception cref="ArgumentException">An option has a value that it cannot have.</exception>
    /// <exception cref="InvalidOperationException">The runtime's actor system has ended.</exception>
    public Controller CreateController(Action<ControllerOptions>? configure = null)
    {
        ControllerOptions options = new();
        configure?.Invoke(options);
        ConfigureEach?.Invoke(options);
        options.Validate();
        string name = options.Name ?? NextName("controller");
        ThrowIfEnded(name);
        Controller controller = new(this, name, options);
        Track(controller);
        return controller;
    }

    /// <summary>Makes a controller from a blueprint, with default options.</summary>
    /// <param name="blueprint">Its handlers and hooks; copied.</param>
    /// <returns>The controller.</returns>
    public Controller CreateController(MappingBlueprint blueprint)
    {
        ArgumentNullException.ThrowIfNull(blueprint);
        return CreateController(options => options.Mapping = blueprint);
    }

    /// <summary>Shuts all controllers down by draining, and ends the actor system if it is the runtime's own.</summary>
    /// <returns>Completes when that is done, at the latest by the shutdown deadline and a few seconds.</returns>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(Open.Select(controller => controller.ShutdownAsync())).ConfigureAwait(false);
        if (_ownsSystem)
        {
            if (_endsQuietly && System.EventStream.LogLevel == LogLevel.InfoLevel)
            {
                // Akka logs the end of every actor system as information, which is noise in a console program.
                System.EventStream.SetLogLevel(LogLevel.WarningLevel);
            }

            // Not in the caller's context, because Akka would go on there. And a handler that blocks holds up its actor
            // and thereby the system, but must not hold up the caller.
            await Task.WhenAny(Task.Run(() => System.Terminate()), Task.Delay(TerminationLimit)).ConfigureAwait(false);
        }
    }

    /// <summary>Ends all controllers at once; the actor system stays.</summary>
    internal Task AbortAsync() =>
        Task.WhenAll(Open.Select(controller => controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.Zero)));

    internal string NextName(string kind) => $"{kind}-{Interlocked.Increment(ref _named)}";

    internal void Track(ControllerBase controller) => _system.Open.Add(controller);

    internal void Forget(ControllerBase controller) => _system.Open.Remove(controller);

    internal void ThrowIfEnded(string name)
    {
        if (_system.HasEnded)
        {
            throw new InvalidOperationException(
                $"The actor system '{System.Name}' has ended, so '{name}' cannot run in it; make a new runtime."
            );
        }
    }

    private static EventRuntimeOptions Configured(Action<EventRuntimeOptions>? configure)
    {
        EventRuntimeOptions options = new();
        configure?.Invoke(options);
        return options;
    }
}
