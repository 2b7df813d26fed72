namespace EventDrivenActors.TestKit.Simulating;

/// <summary>
/// The random numbers of a seed. Each depends on its place alone, so leaving some out changes no other.
/// </summary>
internal static class Chance
{
    /// <summary>The number of a seed at a place (SplitMix64).</summary>
    public static ulong At(int seed, long place)
    {
        ulong mixed = unchecked(((ulong)(uint)seed * 0xD1342543DE82EF95) + ((ulong)(place + 1) * 0x9E3779B97F4A7C15));
        mixed = unchecked((mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9);
        mixed = unchecked((mixed ^ (mixed >> 27)) * 0x94D049BB133111EB);
        return mixed ^ (mixed >> 31);
    }

    /// <summary>An independent sequence of random numbers.</summary>
    public static Random RandomAt(int seed, long place) => new(unchecked((int)At(seed, -2 - place)));
}
