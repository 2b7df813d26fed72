namespace EventDrivenActors;

/// <summary>Adds timers.</summary>
public static class TimerExtensions
{
    /// <summary>Adds a timer that dispatches an event at an interval while the controller runs.</summary>
    /// <param name="options">The controller's options.</param>
    /// <param name="interval">The interval, 100 ns to 10 years; <see langword="null"/> or infinite to arm it
    /// later.</param>
    /// <param name="key">The key of its event; default <see cref="ControllerEvents.Timing"/>.</param>
    /// <returns>The timer.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The interval is none of these.</exception>
    public static TimerAdapter AddTimer(this ControllerOptions options, TimeSpan? interval, object? key = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        TimerAdapter timer = new(interval, key);
        options.Adapters.Add(timer);
        return timer;
    }
}
