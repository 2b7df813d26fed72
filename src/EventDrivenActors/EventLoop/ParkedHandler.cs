namespace EventDrivenActors.EventLoop;

/// <summary>
/// A handler that has suspended. The loop gives its thread back, and goes on when the handler's own task has ended.
/// </summary>
internal sealed class ParkedHandler
{
    private readonly LoopSettings _settings;
    private readonly LoopPosition _position;

    // The draining thread. Made for the first handler that suspends.
    private Action? _onEnded;

    // The draining thread writes, any thread reads.
    private volatile bool _isParked;

    // The thread on which the task ends sets it, the draining thread reads and clears it.
    private volatile bool _hasEnded;

    public ParkedHandler(LoopSettings settings, LoopPosition position)
    {
        _settings = settings;
        _position = position;
    }

    /// <summary>The task that it has returned. For the draining thread.</summary>
    public Task? Task { get; private set; }

    /// <summary>Whether there is one.</summary>
    public bool IsParked => _isParked;

    /// <summary>Whether there is one that still runs.</summary>
    public bool IsRunning => _isParked && !_hasEnded;

    public void Park(Task task)
    {
        Task = task;
        _hasEnded = false;
        _isParked = true;
        task.ConfigureAwait(continueOnCapturedContext: true).GetAwaiter().UnsafeOnCompleted(_onEnded ??= OnEnded);
    }

    /// <summary>The loop goes on with other events.</summary>
    public void Clear()
    {
        Task = null;
        _isParked = false;
    }

    private void OnEnded()
    {
        bool wasPassedOn = _position.Frame.Deferred is not null;
        _hasEnded = true;
        if (wasPassedOn)
        {
            _settings.Turns.Wake();
        }
        else
        {
            _settings.Turns.Request();
        }
    }
}
