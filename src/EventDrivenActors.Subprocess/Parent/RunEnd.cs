using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Ends children and runs, and decides the outcome of the calls that they lose. Calls are settled without the gate.
/// </summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="context">The controller.</param>
/// <param name="children">The controller's children.</param>
/// <param name="queue">The calls.</param>
/// <param name="supervisor">Keeps a child alive.</param>
/// <param name="lateProgress">The events that wait for listeners of their progress.</param>
/// <param name="log">Hears of each end.</param>
internal sealed class RunEnd(
    Lock gate,
    IAdapterContext context,
    SupervisedChildren children,
    CallQueue queue,
    Supervisor supervisor,
    LateProgress lateProgress,
    SupervisionLog log
)
{
    /// <summary>
    /// How long a child may take to end where something still runs, whose token has fired: the whole ladder must end
    /// within the time that an adapter has.
    /// </summary>
    private static readonly TimeSpan AbortTime = TimeSpan.FromSeconds(1);

    // Under the gate.
    private bool _aborted;
    private bool _closed;

    /// <summary>Whether no call is taken until the next run. Under the gate.</summary>
    public bool IsClosed => _closed;

    private string Name => context.Controller.Name;

    /// <summary>A run is about to begin. Under the gate.</summary>
    public void Reset() => _aborted = false;

    /// <summary>A run begins.</summary>
    public void Open()
    {
        lock (gate)
        {
            _closed = false;
        }
    }

    /// <summary>
    /// Calls of remote objects that are still open when the run ends were aborted; the loop has cancelled its events
    /// itself.
    /// </summary>
    public void Abort()
    {
        lock (gate)
        {
            _aborted = true;
        }
    }

    /// <summary>How a call ends that the run does not serve any more. Under the gate, or after the run.</summary>
    public EventOutcome Unserved(OutstandingCall call) =>
        supervisor.LastEnd is { } end ? EventOutcome.ChildLost(CallFailures.GivenUp(Name, end, call))
        : _aborted ? EventOutcome.Cancelled
        : EventOutcome.Closed;

    /// <summary>Asks the children to end, ends them by SIGTERM, kills them: each in its time.</summary>
    public async ValueTask StopAsync(CancellationToken cancellationToken)
    {
        Task lives;
        lock (gate)
        {
            supervisor.Stop();
            TimeSpan time = queue.IsEmpty ? Supervisor.DrainTime : AbortTime;
            foreach (SupervisedChild child in children)
            {
                Stop(child, time);
            }

            lives = Task.WhenAll(children.ToArray().Select(child => child.Life));
        }

        await lives.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        IReadOnlyList<OutstandingCall> left;
        lock (gate)
        {
            _closed = true;
            foreach (SupervisedChild child in children)
            {
                child.Terminate();
            }

            left = queue.TakeWaiting();
            queue.MakeRoom();
        }

        foreach (OutstandingCall call in left)
        {
            call.Settle(Unserved(call));
        }

        await lives.ConfigureAwait(false);
    }

    /// <summary>Settles what died with a child, and sees to the next one.</summary>
    /// <returns>The last step, for when the child and its connection are gone.</returns>
    public Action Bury(SupervisedChild child, ChildEnd end)
    {
        List<(OutstandingCall Call, EventOutcome Outcome)> ended;
        bool planned;
        bool stopped;
        bool givenUp;
        TimeSpan? delay;
        lock (gate)
        {
            planned = child.Member.Role == ChildRole.Leaving;
            stopped = !supervisor.IsOfRun(child);
            end = end with { Reason = stopped ? ExitReason.Stopped : child.Member.Reason ?? end.Reason };
            child.End = end;
            ended = stopped && supervisor.LastEnd is null ? SortUnserved(child) : SortLost(child, end);
            delay = supervisor.Died(child, end.MayRetry);
            givenUp = ReferenceEquals(supervisor.LastEnd, end);
            queue.MakeRoom();
        }

        foreach ((OutstandingCall call, EventOutcome outcome) in ended)
        {
            call.Settle(outcome);
        }

        queue.CheckIdle();
        SupervisionMetrics.Ended(end.Reason);
        if (givenUp)
        {
            log.GivenUp(end);
            // Failing closes the adapters, and this adapter waits for the calling task: so it fails in another one.
            _ = Task.Run(() => FailAsync(end));
        }

        return () =>
        {
            lock (gate)
            {
                children.Remove(child);
            }

            if (planned || stopped)
            {
                log.Ended(end);
            }
            else if (!givenUp)
            {
                log.Lost(end, delay);
            }
        };
    }

    /// <summary>Under the gate.</summary>
    private void Stop(SupervisedChild child, TimeSpan time)
    {
        if (child.Member.Role == ChildRole.Starting)
        {
            child.Terminate();
        }
        else if (child.Member.IsUp)
        {
            // Tokens fire in the child before it is asked to leave.
            foreach (OutstandingCall call in child.Member.Calls.All)
            {
                child.SendControl(new WireMessage.Cancel(call.Id, call.Number));
            }

            _ = child.DrainAsync(time, context.TimeProvider);
        }
    }

    /// <summary>Under the gate.</summary>
    private List<(OutstandingCall Call, EventOutcome Outcome)> SortUnserved(SupervisedChild child) =>
        [.. queue.TakeHeld(child).Select(call => (call, Unserved(call)))];

    /// <summary>
    /// Under the gate. Decides how each call of a dead child ends; calls that may be delivered again wait again.
    /// </summary>
    private List<(OutstandingCall Call, EventOutcome Outcome)> SortLost(SupervisedChild child, ChildEnd end)
    {
        TimeSpan now = context.TimeProvider.GetElapsedTime(0);
        List<(OutstandingCall Call, EventOutcome Outcome)> ended = [];
        foreach (OutstandingCall call in child.Member.Calls.All)
        {
            if (call is { Settled: false, Due: { } due } && due <= now)
            {
                call.Settled = true;
                ended.Add((call, CallFailures.TimedOut(Name, call)));
            }
        }

        LostCalls lost = queue.ChildDied(child);
        ended.AddRange(lost.Lost.Select(call => (call, CallFailures.Lost(Name, call, end))));
        ended.AddRange(lost.Poisoned.Select(call => (call, CallFailures.Poisoned(Name, call, end))));
        ended.AddRange(lost.Cancelled.Select(call => (call, EventOutcome.Cancelled)));
        return ended;
    }

    /// <summary>Settles what is left of a run that was given up, and makes its controller fail.</summary>
    private async Task FailAsync(ChildEnd end)
    {
        List<OutstandingCall> held = [];
        IReadOnlyList<OutstandingCall> waiting;
        lock (gate)
        {
            if (!ReferenceEquals(supervisor.LastEnd, end))
            {
                // The run that has failed was shut down meanwhile, and there is another one.
                return;
            }

            // One that was to be replaced may still have some; it dies with the run.
            foreach (SupervisedChild child in children)
            {
                held.AddRange(queue.TakeHeld(child));
            }

            held.ForEach(call => call.Died(call.Started ? true : null));
            waiting = queue.TakeWaiting();
        }

        foreach (OutstandingCall call in held)
        {
            call.Settle(CallFailures.Lost(Name, call, end));
        }

        foreach (OutstandingCall call in waiting)
        {
            call.Settle(EventOutcome.ChildLost(CallFailures.GivenUp(Name, end, call)));
        }

        await lateProgress.SettleAsync().ConfigureAwait(false);
        lock (gate)
        {
            if (_closed || !ReferenceEquals(supervisor.LastEnd, end))
            {
                // The run that has failed was shut down during the wait.
                return;
            }
        }

        context.Lifecycle.Fail(
            CallFailures.GivenUp(Name, end),
            EventOutcome.ChildLost(key => CallFailures.GivenUp(Name, end, key))
        );
    }
}
