namespace EventDrivenActors.TestKit.Simulating;

/// <summary>Chooses what comes next in a run, and remembers where that was not the first in the queue.</summary>
internal sealed class TurnOrder(SimulationCase plan, bool isOn)
{
    private readonly HashSet<int>? _allowed = plan.Turns is null ? null : [.. plan.Turns];
    private readonly List<int> _deviations = [];
    private int _step;

    /// <summary>The steps at which something else came first.</summary>
    public IReadOnlyList<int> Deviations => _deviations;

    /// <summary>From now on the first in the queue comes.</summary>
    public bool IsPlain { get; set; } = !isOn;

    public int Choose(int count)
    {
        int step = _step++;
        if (IsPlain || count == 1 || _allowed?.Contains(step) == false)
        {
            return 0;
        }

        int index = (int)(Chance.At(plan.Seed, step) % (ulong)count);
        if (index > 0)
        {
            _deviations.Add(step);
        }

        return index;
    }
}
