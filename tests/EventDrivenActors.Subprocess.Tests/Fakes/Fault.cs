namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>Where a fake child goes wrong, and how.</summary>
/// <param name="Step">The first time that it comes to this step; every time, when it withholds acknowledgements or
/// heartbeats.</param>
/// <param name="Kind">What it does instead.</param>
/// <param name="Tell">What it says when it lies.</param>
internal sealed record Fault(Step Step, FaultKind Kind, Action<FakeChild>? Tell = null)
{
    public bool IsLasting => Kind == FaultKind.Withhold && Step is Step.Acknowledge or Step.Heartbeat;
}
