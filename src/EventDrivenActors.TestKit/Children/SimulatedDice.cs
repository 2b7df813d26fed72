namespace EventDrivenActors.TestKit.Children;

/// <summary>The chances of simulated children. Any thread.</summary>
internal sealed class SimulatedDice(Random random)
{
    /// <summary>True three times of four.</summary>
    public bool Often => Next(4) > 0;

    /// <summary>True once of eight times.</summary>
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
