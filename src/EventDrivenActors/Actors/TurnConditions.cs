namespace EventDrivenActors.Actors;

/// <summary>The conditions of turns, one object for all controllers of a runtime.</summary>
/// <param name="hasSystem">Whether the actor system has booted.</param>
/// <param name="budget">The most events of a turn.</param>
internal sealed class TurnConditions(Func<bool> hasSystem, Func<int> budget)
{
    public bool HasSystem => hasSystem();

    public int Budget => budget();
}
