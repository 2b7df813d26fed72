namespace EventDrivenActors.Waits;

/// <summary>The object of one wait.</summary>
/// <param name="description">Its name in messages.</param>
/// <param name="add">Adds what must come about first.</param>
internal sealed class Need(string description, Action<List<INeed>> add) : INeed
{
    public string Description => description;

    public void AddNeeds(List<INeed> needs, bool certainly) => add(needs);
}
