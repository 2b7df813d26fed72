namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>One line of the report: ours against one peer, or against a limit.</summary>
/// <param name="Name">The race.</param>
/// <param name="Ours">What ours cost.</param>
/// <param name="Peer">What the peer cost.</param>
/// <param name="Ratio">The number that is judged.</param>
/// <param name="Goal">What it should be.</param>
/// <param name="Met">Whether it is; null where there is no goal, or no peer.</param>
internal sealed record RatioLine(string Name, string Ours, string Peer, string Ratio, string Goal, bool? Met)
{
    public override string ToString() =>
        $"{Name} | {Ours} | {Peer} | {Ratio} | {Goal} | {Met switch { true => "yes", false => "no", _ => "-" }}";
}
