using EventDrivenActors.Diagnostics;

namespace EventDrivenActors.Adapters;

/// <summary>
/// Calls the adapters of a controller on threads of the pool, one at a time, in the order in which the calls were
/// added.
/// </summary>
/// <remarks>
/// A call that exceeds its time is left to itself: it keeps its thread, and the next call begins on another one.
/// </remarks>
internal sealed class AdapterLane(TimeProvider timeProvider, ControllerLog log)
{
    private static readonly TimeSpan CallLimit = TimeSpan.FromSeconds(5);

    [ThreadStatic]
    private static AdapterLane? _here;
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<AdapterCall> _calls = [];
    private AdapterCall? _current;
    private TaskCompletionSource? _quiet;
    private Func<TimeSpan>? _endLimit;
    private Action<AdapterCall, TimeSpan>? _onLeft;
    private bool _busy;
    private bool _held;

    /// <summary>Whether the calling thread makes a call of this lane.</summary>
    public bool IsHere => ReferenceEquals(_here, this);

    public void Add(AdapterCall call)
    {
        lock (_gate)
        {
            _calls.Enqueue(call);
        }

        Look();
    }

    /// <summary>Begins no call until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held = true;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _held = false;
        }

        Look();
    }

    /// <summary>Waits until no call is left; no call is waited for longer than a time.</summary>
    /// <param name="limit">The time for a call that begins, or runs, now.</param>
    /// <param name="left">Hears of a call that exceeds it.</param>
    public async Task EndAsync(Func<TimeSpan> limit, Action<AdapterCall, TimeSpan> left)
    {
        Task quiet;
        AdapterCall? current;
        lock (_gate)
        {
            if (!_busy && _calls.Count == 0)
            {
                return;
            }

            _quiet = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _endLimit = limit;
            _onLeft = left;
            quiet = _quiet.Task;
            current = _current;
        }

        if (current is not null)
        {
            SetLimit(current);
        }

        await quiet.ConfigureAwait(false);
    }

    private void Look()
    {
        lock (_gate)
        {
            if (_busy || _held || _calls.Count == 0)
            {
                return;
            }

            _busy = true;
        }

        Schedule();
    }

    /// <summary>A work item for each call: the pool takes off its thread what user code has set there.</summary>
    private void Schedule() =>
        ThreadPool.UnsafeQueueUserWorkItem(static lane => lane.MakeNext(), this, preferLocal: false);

    private void MakeNext()
    {
        AdapterCall call;
        lock (_gate)
        {
            call = _calls.Dequeue();
        }

        if (call.Adapter is not null)
        {
            // Here and not where a run ends, whose caller may have set things for its own flow.
            call.Timer = new DueTimer(timeProvider, () => OnLate(call), onPool: true);
        }

        lock (_gate)
        {
            _current = call;
        }

        SetLimit(call);
        AdapterLane? outer = _here;
        _here = this;
        try
        {
            Make(call);
        }
        finally
        {
            _here = outer;
        }

        lock (_gate)
        {
            if (_current != call)
            {
                // It was left, and the next one has been asked for.
                return;
            }

            _current = null;
        }

        call.Timer?.Dispose();
        GoOn();
    }

    /// <summary>
    /// Gives a call its time. The end of the run may give it another one at this instant, which holds.
    /// </summary>
    /// <remarks>
    /// Never under the gate: a clock that is not the system's may have locks of its own, and call back under them.
    /// </remarks>
    private void SetLimit(AdapterCall call)
    {
        if (call.Timer is not { } timer)
        {
            return;
        }

        Func<TimeSpan>? endLimit;
        lock (_gate)
        {
            endLimit = _endLimit;
        }

        while (true)
        {
            TimeSpan limit = endLimit?.Invoke() ?? CallLimit;
            call.Limit = limit;
            timer.Set(limit);
            lock (_gate)
            {
                if (_current != call)
                {
                    break;
                }

                if (endLimit == _endLimit)
                {
                    return;
                }

                endLimit = _endLimit;
            }
        }

        timer.Dispose();
    }

    private void Make(AdapterCall call)
    {
        try
        {
            call.Make();
        }
        catch (Exception exception)
        {
            log.AdapterFailed(exception);
        }
    }

    private void OnLate(AdapterCall call)
    {
        TimeSpan limit = call.Limit;
        Action<AdapterCall, TimeSpan>? onLeft;
        lock (_gate)
        {
            if (_current != call)
            {
                return;
            }

            onLeft = _onLeft;
            if (call.IsAwaited && onLeft is null)
            {
                log.AdapterAwaited(call.Adapter!, call.Callback, limit);
                return;
            }

            _current = null;
        }

        call.Timer!.Dispose();
        log.AdapterPassed(call.Adapter!, call.Callback, limit);
        onLeft?.Invoke(call, limit);
        GoOn();
    }

    private void GoOn()
    {
        TaskCompletionSource? quiet = null;
        bool more;
        lock (_gate)
        {
            more = _calls.Count > 0 && !_held;
            _busy = more;
            if (_calls.Count == 0)
            {
                quiet = _quiet;
                _quiet = null;
                _endLimit = null;
                _onLeft = null;
            }
        }

        quiet?.TrySetResult();
        if (more)
        {
            Schedule();
        }
    }
}
