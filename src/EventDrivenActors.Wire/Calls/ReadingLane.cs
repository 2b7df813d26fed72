namespace EventDrivenActors.Wire.Calls;

/// <summary>
/// Reads messages on a thread other than the link's, one at a time and in order. A message that takes too long is left
/// to its thread, and another thread reads the next one.
/// </summary>
/// <remarks>
/// Messages that come while it is busy must go through it too, or they would overtake. Any thread, but messages come
/// one at a time.
/// </remarks>
internal sealed class ReadingLane(TimeProvider time) : IThreadPoolWorkItem
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<Reading> _waiting = [];
    private Reading? _current;
    private long _since;
    private DueTimer? _timer;
    private TaskCompletionSource? _empty;
    private int _acting;

    // Written under _gate; read by any thread.
    private volatile bool _busy;

    public bool IsBusy => _busy;

    /// <summary>
    /// Whether the calling thread reads for it, or handles what it has read: nothing else is read meanwhile.
    /// </summary>
    public bool IsReading
    {
        get
        {
            lock (_gate)
            {
                return (_current?.Thread ?? _acting) == Environment.CurrentManagedThreadId;
            }
        }
    }

    public void Add(Reading reading)
    {
        lock (_gate)
        {
            _waiting.Enqueue(reading);
            if (_busy)
            {
                return;
            }

            _busy = true;
        }

        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    /// <summary>Completes when nothing is left to read.</summary>
    public Task WhenEmpty()
    {
        lock (_gate)
        {
            return _busy
                ? (_empty ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task
                : Task.CompletedTask;
        }
    }

    void IThreadPoolWorkItem.Execute()
    {
        while (Next() is { } reading)
        {
            Action then = reading.Read();
            if (!TryEnd(reading))
            {
                reading.Ended?.Invoke();
                return;
            }

            then();
        }
    }

    private Reading? Next()
    {
        lock (_gate)
        {
            _acting = 0;
            if (!_waiting.TryDequeue(out _current))
            {
                _busy = false;
                _empty?.TrySetResult();
                _empty = null;
                return null;
            }

            _current.Thread = Environment.CurrentManagedThreadId;
            _since = time.GetTimestamp();
            _timer ??= new DueTimer(time, OnLate, onPool: true);
            _timer.Set(_current.Limit);
            return _current;
        }
    }

    private bool TryEnd(Reading reading)
    {
        lock (_gate)
        {
            if (_current != reading)
            {
                return false;
            }

            _acting = _current.Thread;
            _current = null;
            _timer!.Clear();
            return true;
        }
    }

    private void OnLate()
    {
        Reading late;
        lock (_gate)
        {
            // A timer that fires late may find the next message.
            if (
                _current is null
                || _current.Limit == Timeout.InfiniteTimeSpan
                || time.GetElapsedTime(_since) < _current.Limit
            )
            {
                return;
            }

            late = _current;
            _current = null;
        }

        late.GivenUp();
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }
}
