namespace EventDrivenActors.Simulation.Running;

/// <summary>Which seeds are run.</summary>
/// <param name="From">The first one.</param>
/// <param name="Count">How many; null for no end.</param>
internal sealed record SeedRange(int From, int? Count)
{
    /// <summary>The share of one of several jobs.</summary>
    public IEnumerable<int> Share(int job, int jobs)
    {
        for (long index = job; Count is null || index < Count; index += jobs)
        {
            yield return unchecked((int)(From + index));
        }
    }
}
