namespace EventDrivenActors.Chaos.Checking;

/// <summary>What the checker says of one run, or of several together.</summary>
internal sealed record Verdict(long Events, IReadOnlyList<Violation> Violations)
{
    private const int MostShown = 25;

    public static Verdict Empty { get; } = new(0, []);

    public bool IsClean => Violations.Count == 0;

    public long Count(ViolationKind kind) =>
        Violations.Where(one => one.Kind == kind).Select(one => one.EventId).Distinct().Count();

    public Verdict And(Verdict other) => new(Events + other.Events, [.. Violations, .. other.Violations]);

    /// <summary>The line that a run ends with.</summary>
    public override string ToString()
    {
        long broken = Violations.Count(one => one.Kind == ViolationKind.Broken);
        (long lost, long doubled, long hung) = (
            Count(ViolationKind.Lost),
            Count(ViolationKind.Doubled),
            Count(ViolationKind.Hung)
        );
        string line = FormattableString.Invariant($"{Events} events: {lost} lost, {doubled} doubled, {hung} hung");
        return broken == 0 ? line : FormattableString.Invariant($"{line}, {broken} otherwise broken");
    }

    /// <summary>Which promises were not kept: the first few.</summary>
    public IEnumerable<string> Reasons =>
        Violations.Count <= MostShown
            ? Violations.Select(one => one.Text)
            : Violations
                .Take(MostShown)
                .Select(one => one.Text)
                .Append($"... and {Violations.Count - MostShown} more.");
}
