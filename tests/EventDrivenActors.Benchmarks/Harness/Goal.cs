namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>What a race is to show.</summary>
/// <param name="Against">The peer, or what of ours is limited.</param>
/// <param name="Text">The goal in words.</param>
/// <param name="Measure">The number that is judged, of a round of ours and one of the peer's.</param>
/// <param name="IsMet">Judges the median of that number.</param>
/// <param name="Show">Shows it.</param>
internal sealed record Goal(
    string Against,
    string Text,
    Func<Sample, Sample, double> Measure,
    Func<double, bool> IsMet,
    Func<double, string> Show
)
{
    /// <summary>Ours is so many times as fast as the peer.</summary>
    public static Goal Faster(string peer, double times) =>
        new(
            peer,
            $">= {Units.Number(times)}x",
            static (ours, other) => other.Nanoseconds / ours.Nanoseconds,
            ratio => ratio >= times,
            Units.Times
        );

    /// <summary>Ours costs at most so many times what the other costs.</summary>
    public static Goal AtMost(string other, double times) =>
        new(
            other,
            $"<= {Units.Number(times)}x the cost",
            static (ours, other) => ours.Nanoseconds / other.Nanoseconds,
            ratio => ratio <= times,
            Units.Times
        );

    /// <summary>No goal: the ratio is shown for comparison.</summary>
    public static Goal Shown(string peer) =>
        new(peer, "-", static (ours, other) => other.Nanoseconds / ours.Nanoseconds, _ => true, Units.Times);

    /// <summary>Ours allocates at most so much.</summary>
    public static Goal Bytes(double limit) =>
        new(
            "bytes",
            $"<= {Units.Number(limit)} B",
            static (ours, _) => ours.Bytes,
            bytes => bytes < limit + 0.5,
            Units.Bytes
        );

    /// <summary>Ours takes at most so long.</summary>
    public static Goal Within(TimeSpan limit) =>
        new(
            "time",
            $"<= {Units.Time(limit.TotalNanoseconds)}",
            static (ours, _) => ours.Nanoseconds,
            time => time <= limit.TotalNanoseconds,
            Units.Time
        );

    public bool IsJudged => Text != "-";
}
