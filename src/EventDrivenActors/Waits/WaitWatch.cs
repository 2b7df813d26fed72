namespace EventDrivenActors.Waits;

/// <summary>Watches the waits of running events, and ends one that could only end after its own event.</summary>
/// <remarks>
/// There is one for the process, because a chain of waits may go through controllers of several runtimes. An event that
/// has just started needs nothing, so only a wait that begins can close a circle, and is judged then; or a pool that
/// loses a worker, which asks for a check. Where it cannot be seen whether a handler waits for what its flow has begun
/// to wait for, the wait is looked at again as long as that lasts, and after <see cref="Patience"/> it counts as
/// waiting. No user code runs under the gate. A pool that is resized asks under its own gate, and loops are asked under
/// this one: the order of the locks is pool, watch, loop.
/// </remarks>
internal sealed class WaitWatch
{
    /// <summary>A little less than the five seconds within which such a wait is promised to end.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(4.5);
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(1);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMilliseconds(250);
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly List<HandlerWait> _doubtful = [];
    private readonly DueTimer _next;
    private TimeSpan _pause;

    /// <param name="time">Says when doubtful waits are looked at again.</param>
    public WaitWatch(TimeProvider time) => _next = new DueTimer(time, Look, onPool: true);

    /// <summary>
    /// The one of the process. A simulation, which has the process to itself, sets one of its own clock.
    /// </summary>
    public static WaitWatch OfProcess { get; set; } = new(TimeProvider.System);

    /// <summary>Notes a wait.</summary>
    /// <returns>Why it is refused.</returns>
    public SelfAwaitException? Begin(HandlerWait wait)
    {
        lock (_gate)
        {
            if (!wait.IsOfRunningEvent)
            {
                return null;
            }

            wait.Frame.Add(wait);
            wait.IsOpen = true;
            NeedVerdict verdict = Judge(wait, begins: true, out bool certain, out IReadOnlyList<INeed> way);
            if (verdict == NeedVerdict.Free)
            {
                return null;
            }

            if (certain)
            {
                Close(wait);
                return WaitWords.Refused(wait.Frame, wait.Wanted, Chain(way));
            }

            Doubt(wait);
        }

        Limit(wait);
        return null;
    }

    public void End(HandlerWait wait)
    {
        lock (_gate)
        {
            Close(wait);
        }

        wait.Limit?.Dispose();
    }

    /// <summary>Whether events are certain to wait for what can no longer come before they end.</summary>
    public bool AnyBlocked(IEnumerable<HandledEvent> events)
    {
        lock (_gate)
        {
            return Blocked(events).Any(blocked => blocked.IsCertain);
        }
    }

    /// <summary>
    /// Ends waits of events that can no longer go on, until the others can. Where it is in doubt whether an event
    /// waits, it is looked at again.
    /// </summary>
    public void FailBlocked(IEnumerable<HandledEvent> events)
    {
        HandlerWait[] doubtful;
        lock (_gate)
        {
            while (Blocked(events).FirstOrDefault(blocked => blocked.IsCertain) is { Wait: { } wait } first)
            {
                Fail(wait, WaitWords.Refused(wait.Frame, wait.Wanted, Chain(first.Way)));
            }

            doubtful = [.. Blocked(events).Select(blocked => blocked.Wait).Except(_doubtful)];
            Doubt(doubtful);
        }

        Array.ForEach(doubtful, Limit);
    }

    private static IEnumerable<(HandlerWait Wait, bool IsCertain, IReadOnlyList<INeed> Way)> Blocked(
        IEnumerable<HandledEvent> events
    )
    {
        foreach (HandlerWait wait in events.SelectMany(running => running.Waits))
        {
            if (Judge(wait, begins: false, out bool certain, out IReadOnlyList<INeed> way) != NeedVerdict.Free)
            {
                yield return (wait, certain, way);
            }
        }
    }

    /// <summary>Keeps waits to be looked at again. Under the gate.</summary>
    private void Doubt(params HandlerWait[] waits)
    {
        if (waits.Length > 0)
        {
            _doubtful.AddRange(waits);
            _pause = FirstPause;

            // Queued as this thread's next piece of work: by then the async methods on its stack await one another.
            ThreadPool.UnsafeQueueUserWorkItem(static watch => watch.Look(), this, preferLocal: true);
        }
    }

    private static NeedVerdict Judge(HandlerWait wait, bool begins, out bool certain, out IReadOnlyList<INeed> way)
    {
        certain = false;
        NeedVerdict verdict = NeedGraph.Judge(wait.Wanted, wait.Frame, certainly: false, out way);
        if (
            verdict != NeedVerdict.Free
            && wait.IsCertain(begins)
            && NeedGraph.Judge(wait.Wanted, wait.Frame, certainly: true, out IReadOnlyList<INeed> known)
                == NeedVerdict.OnlyAfter
        )
        {
            certain = true;
            way = known;
        }

        return verdict;
    }

    private void Look()
    {
        TimeSpan? pause = null;
        lock (_gate)
        {
            for (int i = _doubtful.Count - 1; i >= 0; i--)
            {
                HandlerWait wait = _doubtful[i];
                if (
                    !wait.IsOfRunningEvent
                    || Judge(wait, begins: true, out bool certain, out IReadOnlyList<INeed> way) == NeedVerdict.Free
                )
                {
                    _doubtful.RemoveAt(i);
                }
                else if (certain)
                {
                    Fail(wait, WaitWords.Refused(wait.Frame, wait.Wanted, Chain(way)));
                }
            }

            if (_doubtful.Count > 0)
            {
                pause = _pause;
                _pause = _pause * 2 < LongestPause ? _pause * 2 : LongestPause;
            }
        }

        // Not under the gate, as in Limit.
        if (pause is { } next)
        {
            _next.Set(next);
        }
    }

    /// <remarks>
    /// Never under the gate: a clock that is not the system's may have locks of its own, and call back under them.
    /// </remarks>
    private void Limit(HandlerWait wait)
    {
        AsyncFlowControl? noFlow = ExecutionContext.IsFlowSuppressed() ? null : ExecutionContext.SuppressFlow();
        try
        {
            wait.Limit ??= new DueTimer(wait.Frame.TimeProvider, () => OnLimit(wait));
        }
        finally
        {
            noFlow?.Undo();
        }

        SetLimit(wait);
    }

    private void SetLimit(HandlerWait wait)
    {
        wait.Limit!.Set(Patience);
        lock (_gate)
        {
            if (wait.IsOpen)
            {
                return;
            }
        }

        wait.Limit.Dispose();
    }

    private void OnLimit(HandlerWait wait)
    {
        lock (_gate)
        {
            if (
                wait.IsOpen
                && wait.IsOfRunningEvent
                && NeedGraph.Judge(wait.Wanted, wait.Frame, certainly: false, out IReadOnlyList<INeed> way)
                    == NeedVerdict.OnlyAfter
            )
            {
                Fail(wait, WaitWords.Overdue(wait.Frame, wait.Wanted, Chain(way)));
            }

            if (wait.IsOpen && !wait.IsOfRunningEvent)
            {
                Close(wait);
            }
        }

        SetLimit(wait);
    }

    private void Fail(HandlerWait wait, SelfAwaitException failure)
    {
        Close(wait);
        wait.Fail(failure);
    }

    private void Close(HandlerWait wait)
    {
        if (wait.IsOpen)
        {
            wait.IsOpen = false;
            wait.Frame.Remove(wait);
            _doubtful.Remove(wait);
        }
    }

    /// <summary>The events on the way to the end, and what each of them waits for.</summary>
    private static IEnumerable<(INeed Handled, INeed Wanted)> Chain(IReadOnlyList<INeed> way) =>
        way.OfType<HandlerWait>().Select(wait => ((INeed)wait.Frame, wait.Wanted));
}
