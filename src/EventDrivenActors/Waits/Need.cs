namespace EventDrivenActors.Waits;

/// <summary>What is waited for at one call.</summary>
/// <param name="description">What a message calls it.</param>
/// <param name="add">Adds what must come about first.</param>
internal sealed class Need(string description, Action<List<INeed>> add) : INeed
{
    public string Description => description;

    public void AddNeeds(List<INeed> needs, bool certainly) => add(needs);
}
