namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Measures the memory of a controller's children at an interval, where it has a limit.</summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="options">The limits.</param>
/// <param name="time">The controller's clock.</param>
/// <param name="measure">Says how many bytes of memory a process takes.</param>
/// <param name="children">The controller's children.</param>
/// <param name="look">Called under the gate when all have been measured.</param>
internal sealed class MemoryWatch(
    Lock gate,
    RecyclingOptions options,
    TimeProvider time,
    Func<int, long> measure,
    SupervisedChildren children,
    Action look
)
{
    // Under the gate.
    private DueTimer? _timer;

    /// <summary>A run begins. Under the gate.</summary>
    public void Begin()
    {
        if (options is { SoftMemoryLimit: not null } or { HardMemoryLimit: not null })
        {
            _timer ??= new DueTimer(time, Measure, onPool: true);
            _timer.Set(options.MemoryInterval);
        }
    }

    /// <summary>The run ends. Under the gate.</summary>
    public void End()
    {
        _timer?.Dispose();
        _timer = null;
    }

    private void Measure()
    {
        SupervisedChild[] measured;
        lock (gate)
        {
            measured = [.. children.ToArray().Where(child => child.Member.IsUp)];
        }

        // Reading takes some microseconds, too long to hold the gate.
        long[] bytes = [.. measured.Select(child => measure(child.ProcessId!.Value))];
        lock (gate)
        {
            for (int i = 0; i < measured.Length; i++)
            {
                measured[i].Member.Memory = bytes[i];
            }

            _timer?.Set(options.MemoryInterval);
            look();
        }
    }
}
