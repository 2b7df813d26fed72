namespace EventDrivenActors.Actors;

/// <summary>What the turns of all controllers of a runtime depend on: one object for all of them.</summary>
/// <param name="hasSystem">Whether the actor system has booted.</param>
/// <param name="budget">The most events of a turn.</param>
internal sealed class TurnConditions(Func<bool> hasSystem, Func<int> budget)
{
    public bool HasSystem => hasSystem();

    public int Budget => budget();
}
