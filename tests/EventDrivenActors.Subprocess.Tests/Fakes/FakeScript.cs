namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>How a fake child behaves.</summary>
/// <param name="Fault">Where it goes wrong; null for an honest child.</param>
/// <param name="Gather">How many calls it takes before it answers the first, so that what the parent has sent is
/// certain.</param>
internal sealed record FakeScript(Fault? Fault = null, int Gather = 0);
