namespace EventDrivenActors;

/// <summary>
/// The range that all time options share: 100 ns to 10 years, or <see cref="Timeout.InfiniteTimeSpan"/>.
/// </summary>
/// <remarks>
/// For adapters that have time options of their own. A <see cref="DueTimer"/> waits for any time of this range.
/// </remarks>
public static class TimeOption
{
    private const string Range = "from 100 ns to 10 years (3653 days), or Timeout.InfiniteTimeSpan";

    /// <summary>The shortest time.</summary>
    /// <value>100 ns, the resolution of a <see cref="TimeSpan"/>.</value>
    public static TimeSpan Shortest { get; } = TimeSpan.FromTicks(1);

    /// <summary>The longest time that is not infinite.</summary>
    /// <value>3,653 days, the longest that 10 years can be.</value>
    public static TimeSpan Longest { get; } = TimeSpan.FromDays(3653);

    /// <summary>Requires that a time is in the range.</summary>
    /// <param name="time">The time.</param>
    /// <param name="option">The name of the option for the message.</param>
    /// <returns>The time.</returns>
    /// <exception cref="ArgumentOutOfRangeException">It is not; the message names the option, the value and the
    /// range.</exception>
    public static TimeSpan Require(TimeSpan time, string option) =>
        IsTime(time)
            ? time
            : throw new ArgumentOutOfRangeException(option, $"The option {option} is '{time}'; it must be {Range}.");

    /// <summary>Requires that a time, if there is one, is in the range.</summary>
    /// <inheritdoc cref="Require(TimeSpan, string)"/>
    public static TimeSpan? Require(TimeSpan? time, string option) =>
        time is not { } value || IsTime(value)
            ? time
            : throw new ArgumentOutOfRangeException(
                option,
                $"The option {option} is '{time}'; it must be {Range}, or null for the default."
            );

    /// <summary>Requires that a time is in the range, or zero.</summary>
    /// <inheritdoc cref="Require(TimeSpan, string)"/>
    public static TimeSpan RequireOrZero(TimeSpan time, string option) =>
        IsTime(time) || time == TimeSpan.Zero
            ? time
            : throw new ArgumentOutOfRangeException(
                option,
                $"The option {option} is '{time}'; it must be zero, {Range}."
            );

    /// <summary>Whether a time is in the range.</summary>
    /// <param name="time">The time.</param>
    /// <returns>Whether it is.</returns>
    public static bool IsTime(TimeSpan time) =>
        (time >= Shortest && time <= Longest) || time == Timeout.InfiniteTimeSpan;

    /// <summary>The limit that a time option sets.</summary>
    /// <param name="time">The option's value.</param>
    /// <returns>The time, or <see langword="null"/> where the option is absent or infinite.</returns>
    public static TimeSpan? Limit(TimeSpan? time) => time == Timeout.InfiniteTimeSpan ? null : time;
}
