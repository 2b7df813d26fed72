namespace EventDrivenActors;

/// <summary>How a dead child is replaced: by a new one after a delay that doubles, until too many have died too fast.</summary>
public sealed class RestartOptions
{
    /// <summary>The delay before the first restart.</summary>
    /// <value>Default 200 ms.</value>
    public TimeSpan MinDelay { get; set; } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan MaxDelay { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>By how much of itself a delay varies at random, so that many children do not start at once.</summary>
    /// <value>Default 0.2, which is 20 %.</value>
    public double Jitter { get; set; } = 0.2;

    /// <summary>How long a child must live for the delay to begin anew.</summary>
    /// <value>Default 60 s.</value>
    public TimeSpan HealthyAfter { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>How many restarts may happen within <see cref="Window"/>; one more and the controller fails.</summary>
    /// <value>Default 5.</value>
    public int MaxRestarts { get; set; } = 5;

    /// <summary>The time that <see cref="MaxRestarts"/> is counted over.</summary>
    /// <value>Default 30 s.</value>
    public TimeSpan Window { get; set; } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        SubprocessOptions.Require(MinDelay >= TimeSpan.Zero, "Restart.MinDelay", MinDelay, "zero or above");
        SubprocessOptions.Require(MaxDelay >= MinDelay, "Restart.MaxDelay", MaxDelay, $"at least MinDelay, '{MinDelay}'");
        SubprocessOptions.Require(Jitter is >= 0 and <= 1, "Restart.Jitter", Jitter, "from 0 to 1");
        SubprocessOptions.Require(HealthyAfter >= TimeSpan.Zero, "Restart.HealthyAfter", HealthyAfter, "zero or above");
        SubprocessOptions.Require(MaxRestarts >= 0, "Restart.MaxRestarts", MaxRestarts, "0 or above");
        SubprocessOptions.Require(Window > TimeSpan.Zero, "Restart.Window", Window, "above zero");
    }
}
