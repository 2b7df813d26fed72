namespace EventDrivenActors.TestKit.Simulating;

/// <summary>Leaves nothing to chance: bytes arrive whole and at once, and a wait has its middle length.</summary>
internal sealed class PlainRandom : Random
{
    public override int Next(int maxValue) => maxValue - 1;

    public override double NextDouble() => 0.5;

    public override void NextBytes(byte[] buffer) => Array.Clear(buffer);
}
