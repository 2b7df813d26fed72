using Akka.Configuration;

namespace EventDrivenActors.Configuration;

/// <summary>The settings of <c>hocon/reference.conf</c>, with the host's own configuration over it.</summary>
internal sealed class RuntimeSettings
{
    private const string Root = "event-driven-actors";

    public RuntimeSettings(Config host)
    {
        Config config = host.GetConfig(Root)?.WithFallback(Reference.GetConfig(Root)) ?? Reference.GetConfig(Root);
        DrainBudget = config.GetInt("drain-budget");
        ShutdownDeadline = config.GetTimeSpan("shutdown-deadline");
        if (!TimeOption.IsTime(ShutdownDeadline))
        {
            throw new ConfigurationException(
                $"The key '{Root}.shutdown-deadline' is '{ShutdownDeadline}'; give it a time from 100 ns to 10 years "
                    + "(3653 days), or 'infinite'."
            );
        }
    }

    /// <summary>All of the reference file, the actor system's own settings included.</summary>
    public static Config Reference { get; } =
        ConfigurationFactory.FromResource("EventDrivenActors.reference.conf", typeof(RuntimeSettings).Assembly);

    public int DrainBudget { get; }

    public TimeSpan ShutdownDeadline { get; }
}
