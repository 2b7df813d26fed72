namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Whether the child's pool starts calls: not while the parent has suspended it, and, where the child shares its
/// process, not while it is held from outside.
/// </summary>
internal sealed class PoolHold
{
    private readonly Lock _gate = new();

    // Under _gate.
    private ControllerPool? _pool;
    private bool _isSuspended;
    private bool _isHeld;
    private bool _isGone;

    /// <summary>There is a pool now: catches up on what happened before.</summary>
    /// <returns>Whether the child's process is gone already.</returns>
    public bool Attach(ControllerPool pool)
    {
        lock (_gate)
        {
            _pool = pool;
            if (_isHeld)
            {
                pool.Suspend();
            }

            return _isGone;
        }
    }

    /// <summary>The parent suspends the pool, which another caller does.</summary>
    public void OnSuspending()
    {
        lock (_gate)
        {
            _isSuspended = true;
        }
    }

    /// <summary>The parent lets the pool go on.</summary>
    public void Resume()
    {
        lock (_gate)
        {
            _isSuspended = false;
            ResumeIfFree();
        }
    }

    /// <summary>Makes nothing start any more; the parent does not hear of it.</summary>
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
            ResumeIfFree();
        }
    }

    /// <summary>The child's process is gone.</summary>
    /// <returns>The pool, if there is one.</returns>
    public ControllerPool? OnGone()
    {
        lock (_gate)
        {
            _isGone = true;
            return _pool;
        }
    }

    /// <summary>Under _gate.</summary>
    private void ResumeIfFree()
    {
        if (!_isHeld && !_isSuspended)
        {
            _pool?.Resume();
        }
    }
}
