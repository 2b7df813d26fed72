namespace EventDrivenActors.Wire.Calls;

/// <summary>The calls that have not settled. Any thread.</summary>
internal sealed class RunningCalls
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Dictionary<long, RunningCall> _calls = [];

    public void Add(RunningCall call)
    {
        lock (_gate)
        {
            _calls[call.Id] = call;
        }
    }

    public RunningCall? Find(long id)
    {
        lock (_gate)
        {
            return _calls.GetValueOrDefault(id);
        }
    }

    public RunningCall[] All()
    {
        lock (_gate)
        {
            return [.. _calls.Values];
        }
    }

    /// <returns>Whether it was there: the thread that removes it says how it ended.</returns>
    public bool Remove(RunningCall call)
    {
        lock (_gate)
        {
            return _calls.Remove(call.Id);
        }
    }
}
