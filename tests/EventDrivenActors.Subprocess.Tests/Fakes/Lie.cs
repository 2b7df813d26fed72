namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What a fake child says instead of the truth.</summary>
/// <param name="Name">Of the test.</param>
/// <param name="Step">Instead of what.</param>
/// <param name="Expected">What it does to the events; a child whose lie is not harmless says nothing more.</param>
/// <param name="Tell">Says it.</param>
internal sealed record Lie(string Name, Step Step, Expected Expected, Action<FakeChild> Tell)
{
    public Fault Fault =>
        new(
            Step,
            FaultKind.Lie,
            child =>
            {
                Tell(child);
                if (Expected != Expected.Harmless)
                {
                    child.FallSilent();
                }
            }
        );
}
