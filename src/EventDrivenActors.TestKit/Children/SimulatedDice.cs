namespace EventDrivenActors.TestKit.Children;

/// <summary>The random choices of simulated children. Any thread.</summary>
internal sealed class SimulatedDice(Random random)
{
    /// <summary>True in three of four cases.</summary>
    public bool Often => Next(4) > 0;

    /// <summary>True in one of eight cases.</summary>
    public bool Rarely => Next(8) == 0;

    public int Next(int below)
    {
        lock (random)
        {
            return random.Next(below);
        }
    }

    public double NextDouble()
    {
        lock (random)
        {
            return random.NextDouble();
        }
    }

    public byte[] NextBytes(int length)
    {
        byte[] bytes = new byte[length];
        lock (random)
        {
            random.NextBytes(bytes);
        }

        return bytes;
    }
}
