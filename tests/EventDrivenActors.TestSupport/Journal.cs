namespace EventDrivenActors.TestSupport;

/// <summary>Collects the notes of handlers, from any thread, and lets a test wait for a number of notes.</summary>
public sealed class Journal<T>
{
    private readonly Lock _gate = new();
    private readonly List<T> _entries = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiters = [];

    public IReadOnlyList<T> Entries
    {
        get
        {
            lock (_gate)
            {
                return [.. _entries];
            }
        }
    }

    public int Count => Entries.Count;

    public void Add(T entry)
    {
        lock (_gate)
        {
            _entries.Add(entry);
            foreach ((int _, TaskCompletionSource reached) in _waiters.Where(waiter => waiter.Count <= _entries.Count))
            {
                reached.TrySetResult();
            }
        }
    }

    /// <summary>Waits until there are at least this many entries.</summary>
    public async Task<IReadOnlyList<T>> WaitForAsync(int count)
    {
        TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            _waiters.Add((count, reached));
            if (_entries.Count >= count)
            {
                reached.SetResult();
            }
        }

        await reached.Task.Guarded();
        return Entries;
    }
}
