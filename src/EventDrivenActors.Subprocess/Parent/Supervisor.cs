using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Keeps a child alive for one controller: tells the roster what happens, and does what it asks for.</summary>
/// <remarks>
/// It shares its gate with the queue of calls, because the roster and the calls of its children change together.
/// </remarks>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="context">The controller.</param>
/// <param name="countsEvents">Whether a child is replaced after so many events.</param>
/// <param name="roster">Says what is to be done. Under the gate.</param>
/// <param name="children">The controller's children.</param>
/// <param name="queue">The calls.</param>
/// <param name="suspension">Whether the controller is suspended.</param>
/// <param name="timer">When to look again.</param>
/// <param name="memory">Measures the children's memory.</param>
/// <param name="handlers">The time of the handlers in the children.</param>
/// <param name="log">Hears what happens to children.</param>
internal sealed class Supervisor(
    Lock gate,
    IAdapterContext context,
    bool countsEvents,
    ChildRoster roster,
    SupervisedChildren children,
    CallQueue queue,
    Suspension suspension,
    SupervisionTimer timer,
    MemoryWatch memory,
    HandlerClock handlers,
    SupervisionLog log
)
{
    /// <summary>How long a child that was asked over the link to end may take.</summary>
    public static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(2);

    // Under the gate.
    private TaskCompletionSource? _ready;

    /// <summary>Starts the child of a member. Called under the gate. Set once, before the first run.</summary>
    public Func<ChildMember, SupervisedChild> StartChild { private get; set; } = null!;

    public bool IsRunning => roster.IsRunning;

    /// <summary>
    /// Under the gate. The end of the child after which none is started again; null while the run has not failed.
    /// </summary>
    public ChildEnd? LastEnd { get; private set; }

    /// <summary>Completes when a child takes events.</summary>
    public Task ReadyAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            return roster.Active is not null
                ? Task.CompletedTask
                : (
                    _ready ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)
                ).Task.WaitAsync(cancellationToken);
        }
    }

    /// <summary>A run is about to begin. Under the gate.</summary>
    public void Reset()
    {
        suspension.Reset();
        LastEnd = null;
    }

    public void Start()
    {
        lock (gate)
        {
            roster.Start(timer.Now);
            memory.Begin();
            Look();
        }
    }

    /// <summary>The run ends: no child is started any more. Under the gate.</summary>
    public void Stop()
    {
        roster.Stop();
        memory.End();
        suspension.Release();
    }

    public void Resume()
    {
        lock (gate)
        {
            suspension.End();
            Look();
        }
    }

    /// <summary>Kills the child; another one takes its place.</summary>
    public void Kill()
    {
        lock (gate)
        {
            if (children.Serving is { ProcessId: not null } child)
            {
                child.Kill(ExitReason.Killed);
                Look();
            }
        }
    }

    /// <summary>The child is set up.</summary>
    public void OnReady(SupervisedChild child)
    {
        log.Ready(child.ProcessId!.Value);
        lock (gate)
        {
            suspension.Include(child);
            roster.Ready(child.Member, timer.Now);
            Suspension.Tell(child);
            Look();
        }
    }

    /// <summary>A silence of the child has begun, has ended, or has lasted too long.</summary>
    public void OnSilence(SupervisedChild child, SilenceSign sign)
    {
        lock (gate)
        {
            child.Member.IsSilent = sign is SilenceSign.Unresponsive or SilenceSign.Frozen;
            if (sign == SilenceSign.Frozen)
            {
                // The link kills it after this.
                ChildRoster.Doom(child.Member, ExitReason.Unresponsive);
                Look();
            }
        }
    }

    /// <summary>The child has said that it starts nothing more, as it was asked to.</summary>
    /// <exception cref="LinkProtocolException">It was not asked.</exception>
    public void OnSuspended(SupervisedChild child)
    {
        lock (gate)
        {
            if (suspension.Confirm(child))
            {
                handlers.LookIfUp(child);
            }
        }
    }

    /// <summary>
    /// The child was asked by somebody else to end, and does: what runs there may end, and what it has not started goes
    /// to the next one.
    /// </summary>
    public void OnLeaving(SupervisedChild child)
    {
        lock (gate)
        {
            if (!child.Member.IsUp)
            {
                return;
            }

            child.LetEnd();
            ChildRoster.Doom(child.Member, null);
            child.Member.Calls.IsFrozen = true;
            Look();
        }

        _ = child.TerminateAfterAsync(DrainTime, context.TimeProvider);
    }

    /// <summary>The child's process has ended; messages that it had sent before may still come.</summary>
    public void OnExited(SupervisedChild child)
    {
        lock (gate)
        {
            ChildRoster.Doom(child.Member, null);
            Look();
        }
    }

    /// <summary>Whether a child belongs to the run, which goes on. Under the gate.</summary>
    public bool IsOfRun(SupervisedChild child) => roster.IsRunning && roster.Members.Contains(child.Member);

    /// <summary>A child is dead, and its calls are sorted out. Under the gate.</summary>
    /// <returns>How long the next one is waited for; null when another one is there, or being started.</returns>
    public TimeSpan? Died(SupervisedChild child, bool mayRetry)
    {
        TimeSpan now = timer.Now;
        roster.Died(child.Member, now, mayRetry);
        suspension.Check();
        Look();
        return roster.DelayOfNext(now);
    }

    /// <summary>Sends what may be sent, and looks further where that matters to others. Under the gate.</summary>
    public void Send()
    {
        if ((queue.Pump() && countsEvents) || queue.HasSuspects)
        {
            Look();
        }
    }

    /// <summary>The start or the end of a call lets others go on only where they wait for it. Under the gate.</summary>
    public bool LookIfOthersWait()
    {
        bool others = roster.IsReplacing || queue.HasSuspects || countsEvents;
        if (others)
        {
            Look();
        }

        return others;
    }

    /// <summary>
    /// Under the gate, after each change that may affect it: does the steps that the roster asks for, and sends the
    /// calls that may be sent.
    /// </summary>
    public void Look()
    {
        RosterStep step;
        do
        {
            while ((step = roster.Next(timer.Now)).Kind != RosterStepKind.Wait)
            {
                Do(step);
            }
        } while (queue.Pump() && countsEvents);
        TellReady();
        timer.SetBy(step.Until);
        if (queue.HasSuspects)
        {
            TimeSpan now = timer.Now;
            foreach (SupervisedChild child in children)
            {
                timer.SetBy(queue.HeldBackUntil(child, now));
            }
        }
    }

    /// <summary>Under the gate.</summary>
    private void Do(RosterStep step)
    {
        switch (step.Kind)
        {
            case RosterStepKind.Start:
                children.Add(StartChild(step.Member!));
                break;
            case RosterStepKind.Leave:
                _ = children.Of(step.Member!).DrainAsync(DrainTime, context.TimeProvider);
                break;
            case RosterStepKind.Kill:
                SupervisedChild child = children.Of(step.Member!);
                log.OverHardLimit(child.ProcessId!.Value, child.Member.Memory);
                child.Kill();
                break;
            case RosterStepKind.GiveUp:
                LastEnd = children.Of(step.Member!).End;
                break;
        }
    }

    /// <summary>Releases the waits for a child. Under the gate.</summary>
    private void TellReady()
    {
        if (_ready is not null && roster.Active is not null)
        {
            _ready.TrySetResult();
            _ready = null;
        }
    }

    /// <summary>
    /// On the system's clock this runs on the thread that keeps the time of all time-outs: what it does must be quick.
    /// </summary>
    public void OnDue()
    {
        List<OutstandingCall> late = [];
        lock (gate)
        {
            timer.Clear();
            foreach (SupervisedChild child in children)
            {
                handlers.TimeOut(child, late);
            }

            Look();
        }

        foreach (OutstandingCall call in late)
        {
            queue.Settle(call, CallFailures.TimedOut(context.Controller.Name, call));
        }
    }
}
