using Akka.Configuration;

namespace EventDrivenActors;

/// <summary>How a runtime is made.</summary>
public sealed class EventRuntimeOptions
{
    /// <summary>The name of the actor system that the runtime makes.</summary>
    /// <value>Default "event-driven-actors".</value>
    public string SystemName { get; set; } = "event-driven-actors";

    /// <summary>The clock of all time-outs, deadlines and timers.</summary>
    /// <value>Default <see cref="TimeProvider.System"/>.</value>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Settings for the actor system that the runtime makes; they win over the library's own.</summary>
    /// <remarks>
    /// That system logs from INFO on, and does not log its own end. With <c>akka.loglevel</c> in these settings that
    /// level holds from beginning to end.
    /// </remarks>
    /// <value>Default empty.</value>
    public Config Configuration { get; set; } = ConfigurationFactory.Empty;

    /// <summary>
    /// Runs after the configuration of each controller, and of each worker of a pool: for what all of them are to have,
    /// such as an adapter that traces.
    /// </summary>
    /// <value>Default <see langword="null"/>.</value>
    public Action<ControllerOptions>? ConfigureEach { get; set; }

    /// <summary>When a shutdown becomes stricter, where the caller names no deadline.</summary>
    /// <value>100 ns to 10 years, or infinite. Default <see langword="null"/>: the configuration's
    /// <c>event-driven-actors.shutdown-deadline</c>, 30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan? ShutdownDeadline
    {
        get;
        set => field = TimeOption.Require(value, nameof(ShutdownDeadline));
    }

    /// <summary>The most events of a turn; default the configuration's.</summary>
    internal int? DrainBudget { get; set; }

    /// <summary>Hears of events without handlers.</summary>
    internal Action<IController, object>? Unhandled { get; set; }
}
