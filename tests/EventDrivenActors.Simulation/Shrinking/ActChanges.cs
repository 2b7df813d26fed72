using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>The changes that make an act simpler, the simplest first.</summary>
internal static class ActChanges
{
    public static IEnumerable<Act> Of(Act act)
    {
        if (act.Kind is ActKind.Deaf)
        {
            yield return act with
            {
                Kind = ActKind.Delay,
            };
        }

        if (act.Kind is ActKind.Call)
        {
            yield return act with
            {
                Kind = ActKind.Send,
                Amount = 0,
            };
        }

        if (act.Kind is ActKind.Delay or ActKind.Deaf)
        {
            yield return new Act(ActKind.Yield);
        }

        foreach (int amount in Numbers.Below(act.Amount, 0))
        {
            yield return act with
            {
                Amount = amount,
            };
        }
    }
}
