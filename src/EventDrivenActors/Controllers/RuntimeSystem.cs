using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using EventDrivenActors.Configuration;

namespace EventDrivenActors.Controllers;

/// <summary>
/// The parts of a runtime in its actor system. The system may still be starting; no event waits for it.
/// </summary>
internal sealed class RuntimeSystem
{
    /// <summary>The events of a turn until the system's configuration is known.</summary>
    private const int EarlyBudget = 16;

    private readonly Task<ActorSystem> _system;

    // Written once, when the system has started; any thread reads it.
    private volatile RuntimeSettings? _settings;

    public RuntimeSystem(Task<ActorSystem> system)
    {
        _system = system;
        if (system.IsCompletedSuccessfully)
        {
            Open = OpenControllers.Of(System);
            Log = Task.FromResult(ReadSettings(System));
        }
        else
        {
            Open = new OpenControllers();
            Log = ReadSettingsAsync();
        }
    }

    /// <summary>Whether actors can be made without waiting.</summary>
    public bool IsThere => _settings is not null;

    /// <summary>Waits for the system if it is still starting.</summary>
    public ActorSystem System => _system.GetAwaiter().GetResult();

    /// <summary>The runtime's logger.</summary>
    public Task<ILoggingAdapter> Log { get; }

    public OpenControllers Open { get; }

    public int DrainBudget => _settings?.DrainBudget ?? EarlyBudget;

    /// <summary>
    /// A shutdown does not wait for the system: until its configuration is known, the library's own default holds.
    /// </summary>
    public TimeSpan ShutdownDeadline => (_settings ?? new RuntimeSettings(Config.Empty)).ShutdownDeadline;

    public bool HasEnded => _system.IsCompletedSuccessfully && System.WhenTerminated.IsCompleted;

    private async Task<ILoggingAdapter> ReadSettingsAsync()
    {
        ActorSystem system = await _system.ConfigureAwait(false);
        Open.Attach(system);
        return ReadSettings(system);
    }

    private ILoggingAdapter ReadSettings(ActorSystem system)
    {
        _settings = new RuntimeSettings(system.Settings.Config);
        return Logging.GetLogger(system, "EventDrivenActors");
    }
}
