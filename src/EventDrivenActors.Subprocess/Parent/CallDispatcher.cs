using EventDrivenActors.Advanced;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Takes the events that children are to handle, follows each through its child, and settles it. Calls are settled
/// without the gate.
/// </summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="options">The user's choices.</param>
/// <param name="context">The controller.</param>
/// <param name="encoder">Turns events into bytes.</param>
/// <param name="children">The controller's children.</param>
/// <param name="queue">The calls.</param>
/// <param name="supervisor">Keeps a child alive.</param>
/// <param name="handlers">The time of the handlers in the children.</param>
/// <param name="lateProgress">The events that wait for listeners of their progress.</param>
internal sealed class CallDispatcher(
    Lock gate,
    ParentOptions options,
    IAdapterContext context,
    CallEncoder encoder,
    SupervisedChildren children,
    CallQueue queue,
    Supervisor supervisor,
    HandlerClock handlers,
    LateProgress lateProgress
)
{
    // Under the gate.
    private bool _finishing;

    /// <summary>A run is about to begin. Under the gate.</summary>
    public void Reset() => _finishing = false;

    /// <summary>Takes an event and sends it, or lets it wait for a child.</summary>
    /// <returns>Completes when there is room for the next one; null when there is.</returns>
    public Task? Forward(DeferredEvent deferred, EncodedCall encoded)
    {
        int token = encoder.TokenOf(encoded);
        ProgressQueue? progress = deferred.Options.Progress is null
            ? null
            : new ProgressQueue(deferred, context.TimeProvider, lateProgress);
        bool idempotent = options.IdempotentKeys.Contains(deferred.Key);
        ForwardedCall? call = null;
        Task? room = null;
        lock (gate)
        {
            if (!_finishing)
            {
                call = new ForwardedCall(this, deferred, progress, queue.NextId(), token, encoded.Payload, idempotent)
                {
                    Limit = TimeOption.Limit(deferred.Options.Timeout ?? options.EventTimeout),
                    Progress = progress is null ? null : progress.Add,
                };
                queue.Add(call);
                supervisor.Send();
                room = queue.WaitForRoom();
            }
        }

        if (call is null)
        {
            deferred.Settle(EventOutcome.Cancelled);
            return null;
        }

        deferred.WhenCancelled(call.Cancel);
        return room;
    }

    /// <summary>Cancels a call: here while it waits, by the child's word where it was sent.</summary>
    public void Cancel(OutstandingCall call)
    {
        bool withdrawn;
        lock (gate)
        {
            withdrawn = queue.TryWithdraw(call);
            if (!withdrawn && call is { Settled: false, Cancelled: false } && children.HolderOf(call) is { } child)
            {
                call.Cancelled = true;
                if (child.Member.IsUp)
                {
                    child.SendControl(new WireMessage.Cancel(call.Id, call.Number));
                }
            }

            queue.MakeRoom();
            supervisor.Send();
        }

        if (withdrawn)
        {
            call.Settle(EventOutcome.Cancelled);
            queue.CheckIdle();
        }
    }

    /// <summary>
    /// Cancels what no child has started: at once where it waits here, by the child's word where it was sent.
    /// </summary>
    /// <returns>How many events are cancelled already.</returns>
    public int Clean() => Withdraw(finishing: false);

    /// <summary>As <see cref="Clean"/>, and takes nothing more until the next run.</summary>
    public void Finish() => Withdraw(finishing: true);

    /// <summary>A child has said that a call starts.</summary>
    public void OnStarted(SupervisedChild child, long id)
    {
        lock (gate)
        {
            if (child.Member.Calls.TryGet(id, out OutstandingCall call))
            {
                child.Member.Calls.Start(call);
                handlers.Start(call);
                supervisor.LookIfOthersWait();
            }
        }
    }

    /// <summary>
    /// A child's message about the end of a call waits to be read. The handler has ended, so the time of reading is not
    /// charged to the child.
    /// </summary>
    public void OnArrived(SupervisedChild child, long id)
    {
        lock (gate)
        {
            if (
                child.Member.Calls.TryGet(id, out OutstandingCall call)
                && call is { Settled: false, Due: not null }
            )
            {
                handlers.Stop(child, call);
            }
        }
    }

    /// <summary>
    /// The call that a child settles. Results that cannot be read break the link's rules: it is then lost with the
    /// child, so it stays in the table meanwhile.
    /// </summary>
    /// <exception cref="LinkProtocolException">The child has no such call, or had settled it before.</exception>
    public OutstandingCall CallOf(SupervisedChild child, long id)
    {
        lock (gate)
        {
            return Held(child, id);
        }
    }

    /// <summary>A call that a child has and that has not settled; null when there is none.</summary>
    public OutstandingCall? OpenCallOf(SupervisedChild child, long id)
    {
        lock (gate)
        {
            return child.Member.Calls.TryGet(id, out OutstandingCall call) && !call.Settled ? call : null;
        }
    }

    /// <summary>The way of most calls: the gate is taken once.</summary>
    public void OnCompleted(SupervisedChild child, long id, EventOutcome outcome)
    {
        OutstandingCall call;
        TaskCompletionSource? room;
        lock (gate)
        {
            call = Held(child, id);
            room = End(child, id);
        }

        queue.Settle(call, outcome, late: call.TimedOutHere);
        room?.SetResult();
    }

    /// <summary>A child has said how a call ended.</summary>
    /// <param name="child">The child.</param>
    /// <param name="call">The call, as <see cref="CallOf"/> gave it.</param>
    /// <param name="outcome">How it ended.</param>
    /// <param name="runsOn">Whether its handler may still run: it has timed out in the child.</param>
    public void OnSettled(SupervisedChild child, OutstandingCall call, EventOutcome outcome, bool runsOn)
    {
        TaskCompletionSource? room = null;
        bool late;
        lock (gate)
        {
            late = call.TimedOutHere;
            call.TimedOutHere = false;
            if (!child.Member.Calls.TryGet(call.Id, out _) || (call.Settled && !late))
            {
                return;
            }

            if (runsOn)
            {
                // The table keeps it, and idle it is not, until its handler has ended or has cost the child its life.
                call.Settled = true;
                handlers.TimeOut(child, call);
            }
            else
            {
                room = End(child, call.Id);
            }
        }

        queue.Settle(call, outcome, late);
        room?.SetResult();
    }

    /// <summary>A child has said that the handler of a call that had timed out has ended.</summary>
    /// <exception cref="LinkProtocolException">The call had not settled.</exception>
    public void OnEnded(SupervisedChild child, long id)
    {
        TaskCompletionSource? room;
        lock (gate)
        {
            if (child.Member.Calls.TryGet(id, out OutstandingCall call) && !call.Settled)
            {
                throw new LinkProtocolException(
                    $"The child said that the handler of the call '{id}' has ended, and had not said how the call did."
                );
            }

            room = End(child, id);
        }

        queue.CheckIdle();
        room?.SetResult();
    }

    private int Withdraw(bool finishing)
    {
        List<OutstandingCall> waiting;
        lock (gate)
        {
            _finishing |= finishing;
            waiting = [.. queue.TakeWaiting()];
            foreach (SupervisedChild child in children)
            {
                waiting.AddRange(queue.TakeBound(child));
            }

            foreach (SupervisedChild child in children)
            {
                HeldCalls calls = child.Member.Calls;
                if (calls.Count > 0)
                {
                    calls.Withdraw();
                    if (child.Member.IsUp)
                    {
                        child.SendControl(new WireMessage.Withdraw(calls.Taken));
                    }
                }
            }

            queue.MakeRoom();
        }

        foreach (OutstandingCall call in waiting)
        {
            call.Settle(EventOutcome.Cancelled);
        }

        queue.CheckIdle();
        return waiting.Count(call => call is ForwardedCall);
    }

    /// <summary>Under the gate.</summary>
    private static OutstandingCall Held(SupervisedChild child, long id) =>
        child.Member.Calls.TryGet(id, out OutstandingCall call) && (!call.Settled || call.TimedOutHere)
            ? call
            : throw new LinkProtocolException(
                $"The child settled the call '{id}', which it does not have or had settled before."
            );

    /// <summary>The handler of a call has ended. Under the gate.</summary>
    /// <returns>The wait of the loop, to be completed, if there is room now.</returns>
    private TaskCompletionSource? End(SupervisedChild child, long id)
    {
        if (queue.TryEnd(child, id))
        {
            handlers.End(child);
        }

        TaskCompletionSource? room = queue.TakeRoom();
        if (!supervisor.LookIfOthersWait())
        {
            queue.Pump();
        }

        return room;
    }
}
