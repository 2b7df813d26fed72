namespace EventDrivenActors.Subprocess.Parent;

/// <summary>When the children of a controller are looked at again. All members are called under the gate.</summary>
/// <param name="time">The controller's clock.</param>
/// <param name="onDue">Called without the gate. On the system's clock it runs on the thread that keeps the time of all
/// time-outs, so it must be quick.</param>
internal sealed class SupervisionTimer(TimeProvider time, Action onDue)
{
    // Under the gate.
    private readonly DueTimer _timer = new(time, onDue);
    private TimeSpan? _due;

    /// <summary>The time, from a fixed origin.</summary>
    public TimeSpan Now => time.GetElapsedTime(0);

    /// <summary>Makes sure that everything is looked at by a time.</summary>
    public void SetBy(TimeSpan? at)
    {
        if (at is { } due && (_due is null || due < _due))
        {
            _due = due;
            TimeSpan wait = due - Now;
            _timer.Set(wait < TimeSpan.Zero ? TimeSpan.Zero : wait);
        }
    }

    /// <summary>It has called back.</summary>
    public void Clear() => _due = null;
}
