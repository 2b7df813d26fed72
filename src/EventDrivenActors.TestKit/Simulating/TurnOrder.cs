namespace EventDrivenActors.TestKit.Simulating;

/// <summary>
/// Chooses the next action of a run, and remembers the steps that did not run the first in the queue.
/// </summary>
internal sealed class TurnOrder(SimulationCase plan, bool isOn)
{
    // Filled by the constructor, then only read.
    private readonly HashSet<int>? _allowed = plan.Turns is null ? null : [.. plan.Turns];

    // The pump's thread, and the thread of a step while the pump's waits for it.
    private readonly List<int> _deviations = [];
    private int _step;

    /// <summary>The steps that did not run the first action in the queue.</summary>
    public IReadOnlyList<int> Deviations => _deviations;

    /// <summary>Whether the first action in the queue always runs next.</summary>
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
