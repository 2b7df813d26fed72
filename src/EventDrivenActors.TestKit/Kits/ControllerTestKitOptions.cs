using Akka.Configuration;

namespace EventDrivenActors.TestKit;

/// <summary>Options of a <see cref="ControllerTestKit"/>.</summary>
public sealed class ControllerTestKitOptions
{
    /// <summary>Settings of the actor system; they override the kit's own.</summary>
    /// <value>Default empty.</value>
    public Config Configuration { get; set; } = ConfigurationFactory.Empty;

    /// <summary>Whether a test fails when a handler's failure, or an error of the library, went unobserved.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailOnUnobservedFailures { get; set; } = true;

    /// <summary>Whether a test fails when an event had no handler.</summary>
    /// <value>Default <see langword="true"/>.</value>
    public bool FailOnUnhandledEvents { get; set; } = true;

    /// <summary>The number of events of each controller that the kit keeps for the test's output.</summary>
    /// <value>Default 20.</value>
    public int LastEvents { get; set; } = 20;

    /// <summary>The longest wait in real time for the loops to become quiet.</summary>
    /// <value>100 ns to 10 years, or infinite. Default 10 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of this range.</exception>
    public TimeSpan QuietLimit
    {
        get;
        set => field = TimeOption.Require(value, nameof(QuietLimit));
    } = TimeSpan.FromSeconds(10);
}
