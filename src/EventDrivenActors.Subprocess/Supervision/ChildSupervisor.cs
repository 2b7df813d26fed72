namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The life of the children of one controller as a state machine: pure, times are given as arguments. Not thread-safe.</summary>
internal sealed class ChildSupervisor(RestartOptions options, Func<double> random)
{
    private readonly Queue<TimeSpan> _restarts = [];
    private TimeSpan _readySince;
    private int _failures;

    public ChildState State { get; private set; } = ChildState.None;

    /// <summary>How many children were started to replace dead ones.</summary>
    public int Restarts { get; private set; }

    /// <summary>A run begins, or the delay before a restart is over.</summary>
    /// <returns>Whether to start a child now.</returns>
    public bool Start()
    {
        if (State is ChildState.Starting or ChildState.Ready)
        {
            return false;
        }

        if (State == ChildState.BackingOff)
        {
            Restarts++;
        }
        else
        {
            _failures = 0;
            _restarts.Clear();
        }

        State = ChildState.Starting;
        return true;
    }

    /// <summary>The child takes events.</summary>
    public void Ready(TimeSpan now)
    {
        State = ChildState.Ready;
        _readySince = now;
    }

    /// <summary>The child has died, or could not be started.</summary>
    /// <param name="now">The time, from any fixed origin.</param>
    /// <param name="retry">Whether another attempt could succeed.</param>
    public RestartDecision Died(TimeSpan now, bool retry)
    {
        if (State is ChildState.None or ChildState.Failed)
        {
            return new RestartDecision(true, TimeSpan.Zero);
        }

        if (State == ChildState.Ready && now - _readySince >= options.HealthyAfter)
        {
            _failures = 0;
        }

        while (_restarts.TryPeek(out TimeSpan oldest) && now - oldest > options.Window)
        {
            _restarts.Dequeue();
        }

        if (!retry || _restarts.Count >= options.MaxRestarts)
        {
            State = ChildState.Failed;
            return new RestartDecision(true, TimeSpan.Zero);
        }

        _restarts.Enqueue(now);
        State = ChildState.BackingOff;
        return new RestartDecision(false, Delay(_failures++));
    }

    /// <summary>The run ends.</summary>
    public void Stop() => State = State == ChildState.Failed ? ChildState.Failed : ChildState.None;

    private TimeSpan Delay(int failures)
    {
        double doubled = options.MinDelay.TotalMilliseconds * Math.Pow(2, Math.Min(failures, 30));
        double capped = Math.Min(doubled, options.MaxDelay.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(capped * (1 + (options.Jitter * ((2 * random()) - 1))));
    }
}
