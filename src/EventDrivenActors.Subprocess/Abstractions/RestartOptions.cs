using EventDrivenActors.Subprocess;

namespace EventDrivenActors;

/// <summary>
/// How a dead child is replaced: by a new one after a delay that doubles, until too many have died too fast.
/// </summary>
public sealed class RestartOptions
{
    /// <summary>The delay before the first restart.</summary>
    /// <value>Zero, 100 ns to 10 years, or infinite for no restart, as with <see cref="MaxRestarts"/> 0. Default 200
    /// ms.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan MinDelay
    {
        get;
        set => field = TimeOption.RequireOrZero(value, "Restart.MinDelay");
    } = TimeSpan.FromMilliseconds(200);

    /// <summary>The longest delay.</summary>
    /// <value>At least <see cref="MinDelay"/>; zero, 100 ns to 10 years, or infinite. Default 30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan MaxDelay
    {
        get;
        set => field = TimeOption.RequireOrZero(value, "Restart.MaxDelay");
    } = TimeSpan.FromSeconds(30);

    /// <summary>The fraction by which a delay varies at random, so that many children do not start at once.</summary>
    /// <value>Default 0.2, which is 20 %.</value>
    public double Jitter { get; set; } = 0.2;

    /// <summary>How long a child must live for the delay to begin anew.</summary>
    /// <value>Zero, 100 ns to 10 years, or infinite for never. Default 60 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan HealthyAfter
    {
        get;
        set => field = TimeOption.RequireOrZero(value, "Restart.HealthyAfter");
    } = TimeSpan.FromSeconds(60);

    /// <summary>How many restarts may happen within <see cref="Window"/>; one more and the controller fails.</summary>
    /// <value>Default 5.</value>
    public int MaxRestarts { get; set; } = 5;

    /// <summary>The time that <see cref="MaxRestarts"/> is counted over.</summary>
    /// <value>100 ns to 10 years, or infinite for all of a run. Default 30 s.</value>
    /// <exception cref="ArgumentOutOfRangeException">It is none of these.</exception>
    public TimeSpan Window
    {
        get;
        set => field = TimeOption.Require(value, "Restart.Window");
    } = TimeSpan.FromSeconds(30);

    internal void Validate()
    {
        OptionRange.Require(
            MinDelay == Timeout.InfiniteTimeSpan || MaxDelay == Timeout.InfiniteTimeSpan || MaxDelay >= MinDelay,
            "Restart.MaxDelay",
            MaxDelay,
            $"at least MinDelay, '{MinDelay}'"
        );
        OptionRange.Require(Jitter is >= 0 and <= 1, "Restart.Jitter", Jitter, "from 0 to 1");
        OptionRange.Require(MaxRestarts >= 0, "Restart.MaxRestarts", MaxRestarts, "0 or above");
    }
}
