namespace EventDrivenActors.TestKit.Children;

/// <summary>A fault that happens to the next child that reaches its place.</summary>
/// <param name="Kind">The kind of the fault.</param>
/// <param name="Word">The message at which it happens, for the kinds that happen at one.</param>
/// <param name="Nth">
/// The number of that message among those of its kind that the child has sent or received, from 1.
/// </param>
/// <param name="Amount">
/// Virtual milliseconds, bytes, an exit code or a <see cref="SimulatedForgery"/>, depending on the kind.
/// </param>
internal sealed record SimulatedFault(
    SimulatedFaultKind Kind,
    SimulatedWord Word = SimulatedWord.None,
    int Nth = 1,
    int Amount = 0
)
{
    /// <summary>Describes the fault, in the same words each time.</summary>
    public override string ToString() =>
        Kind switch
        {
            SimulatedFaultKind.DieAtSentByte => $"dies after {Amount} bytes sent",
            SimulatedFaultKind.DieAtReceivedByte => $"dies after {Amount} bytes received",
            SimulatedFaultKind.FailToStart => "cannot be started",
            SimulatedFaultKind.ExitBefore => $"exits with code {Amount} before {Word} {Nth}",
            SimulatedFaultKind.DieBefore => $"dies before {Word} {Nth}",
            SimulatedFaultKind.DieAfter => $"dies after {Word} {Nth}",
            SimulatedFaultKind.LateAfterDeath =>
                $"dies after {Word} {Nth}, its last words {(Amount < 0 ? "are lost" : $"come {Amount} ms later")}",
            SimulatedFaultKind.Forged => $"forges {(SimulatedForgery)Amount} before {Word} {Nth}",
            SimulatedFaultKind.Doubled => $"doubles {Word} {Nth}",
            SimulatedFaultKind.Late => $"is late by {Amount} ms from {Word} {Nth} on",
            SimulatedFaultKind.Starve => $"starves at {Word} {Nth}{For}",
            _ => $"freezes at {Word} {Nth}{For}",
        };

    private string For => Amount > 0 ? $" for {Amount} ms" : "";
}
