using Akka.Configuration;

namespace EventDrivenActors.TestKit;

/// <summary>How a kit is made.</summary>
public sealed class ControllerTestKitOptions
{
    /// <summary>Settings of the actor system; they win over the kit's own.</summary>
    /// <value>Default empty.</value>
    public Config Configuration { get; set; } = ConfigurationFactory.Empty;

    /// <summary>
    /// Whether a test fails in which a handler's failure, or an error of the library, went unobserved.
    /// </summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailOnUnobservedFailures { get; set; } = true;

    /// <summary>Whether a test fails in which an event had no handler.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailOnUnhandledEvents { get; set; } = true;

    /// <summary>How many events of each controller are kept to be printed.</summary>
    /// <value>Default 20.</value>
    public int LastEvents { get; set; } = 20;

    /// <summary>The longest wait in real time for the loops to become quiet.</summary>
    /// <value>100 ns to 10 years, or infinite. Default 10 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan QuietLimit
    {
        get;
        set => field = TimeOption.Require(value, nameof(QuietLimit));
    } = TimeSpan.FromSeconds(10);
}
