namespace EventDrivenActors.Subprocess.Child;

/// <content>What can be done to a worker from outside where it shares its process.</content>
internal sealed partial class WorkerProgram
{
    private readonly Lock _gate = new();
    private bool _isPaused;
    private bool _isHeld;
    private bool _isGone;

    /// <summary>
    /// Makes nothing start any more, as in a process that gets no processor; its parent does not hear of it.
    /// </summary>
    public void Hold()
    {
        lock (_gate)
        {
            _isHeld = true;
            _pool?.Suspend();
        }
    }

    /// <summary>Ends what <see cref="Hold"/> has begun.</summary>
    public void Release()
    {
        lock (_gate)
        {
            _isHeld = false;
        }

        if (!_isPaused && _pool is not null)
        {
            Resume();
        }
    }

    /// <summary>Its process is gone: its handlers' tokens fire, and nothing of it stays in what it shares.</summary>
    public void Vanish()
    {
        lock (_gate)
        {
            _isGone = true;
        }

        OnClosed("its process has ended");
        _ = _pool?.ShutdownAsync(ShutdownMode.Abort, TimeSpan.Zero);
    }

    /// <summary>Catches up on what happened before there was a pool.</summary>
    private void TakePlace()
    {
        bool isGone;
        lock (_gate)
        {
            isGone = _isGone;
            if (_isHeld)
            {
                _pool!.Suspend();
            }
        }

        if (isGone)
        {
            Vanish();
        }
    }

    private void Resume()
    {
        lock (_gate)
        {
            if (!_isHeld)
            {
                _pool!.Resume();
            }
        }
    }
}
