namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The events on their way to, in, and back from the children of one controller: pure bookkeeping. Not thread-safe.</summary>
internal sealed class OutstandingTable(int maxAttempts)
{
    private readonly LinkedList<OutstandingCall> _waiting = [];
    private int _held;
    private int _bound;

    /// <summary>All that have not settled.</summary>
    public int Count => _waiting.Count + _bound + _held;

    public void Add(OutstandingCall call)
    {
        (call.Home?.Waiting ?? _waiting).AddLast(call);
        _bound += call.Home is null ? 0 : 1;
    }

    /// <summary>Takes the next one to send to a child.</summary>
    /// <param name="child">The child.</param>
    /// <param name="call">What to send.</param>
    /// <param name="takesNew">Whether it takes what is not for it alone.</param>
    public bool TrySend(HeldCalls child, out OutstandingCall call, bool takesNew = true)
    {
        LinkedListNode<OutstandingCall>? any = takesNew ? _waiting.First : null;
        LinkedListNode<OutstandingCall>? own = child.Waiting.First;
        if ((own is null || any?.Value.Id < own.Value.Id ? any : own) is not { } next)
        {
            call = null!;
            return false;
        }

        call = next.Value;
        next.List!.Remove(next);
        _bound -= call.Home is null ? 0 : 1;
        _held++;
        child.Add(call);
        return true;
    }

    /// <summary>Removes a call that has ended in a child.</summary>
    public bool TryEnd(HeldCalls child, long id, out OutstandingCall call)
    {
        bool ended = child.TryEnd(id, out call);
        _held -= ended ? 1 : 0;
        return ended;
    }

    /// <summary>Removes a call that has not been sent.</summary>
    public bool TryWithdraw(OutstandingCall call)
    {
        bool withdrawn = call.Holder is null && (call.Home?.Waiting ?? _waiting).Remove(call);
        _bound -= withdrawn && call.Home is not null ? 1 : 0;
        return withdrawn;
    }

    /// <summary>A child has died: sorts out what it had. What may be delivered again goes back to the head of the queue, in order.</summary>
    public LostCalls ChildDied(HeldCalls child)
    {
        List<OutstandingCall> lost = [.. Enumerable.Reverse(TakeBound(child))];
        List<OutstandingCall> poisoned = [];
        List<OutstandingCall> cancelled = [];
        bool frozen = child.IsFrozen;
        IReadOnlyList<OutstandingCall> held = child.TakeAll();
        _held -= held.Count;
        foreach (OutstandingCall call in held.OrderByDescending(call => call.Id))
        {
            if (call.Settled)
            {
                continue;
            }

            bool neverStarted = frozen && !call.Started;
            if (call.Home is not null)
            {
                (neverStarted && call.Unwanted ? cancelled : lost).Add(call);
            }
            else if (!call.Unwanted && (neverStarted || (call.Idempotent && call.Attempt < maxAttempts)))
            {
                call.Attempt += neverStarted ? 0 : 1;
                call.Holder = null;
                call.Started = false;
                call.Due = null;
                _waiting.AddFirst(call);
            }
            else
            {
                (neverStarted ? cancelled : call.Idempotent && !call.Unwanted ? poisoned : lost).Add(call);
            }
        }

        lost.Reverse();
        poisoned.Reverse();
        cancelled.Reverse();
        return new LostCalls(lost, poisoned, cancelled);
    }

    /// <summary>Takes all that a child has.</summary>
    public IReadOnlyList<OutstandingCall> TakeHeld(HeldCalls child)
    {
        _held -= child.Count;
        return [.. child.TakeAll().Where(call => !call.Settled), .. TakeBound(child)];
    }

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<OutstandingCall> TakeWaiting()
    {
        OutstandingCall[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }

    /// <summary>Takes what waits for a child and may go to no other.</summary>
    /// <param name="child">The child.</param>
    /// <param name="removals">Whether also what removes an object: that is wanted as long as the child lives.</param>
    public OutstandingCall[] TakeBound(HeldCalls child, bool removals = true)
    {
        OutstandingCall[] bound = [.. child.Waiting.Where(call => removals || call.Token > 0)];
        foreach (OutstandingCall call in bound)
        {
            child.Waiting.Remove(call);
        }

        _bound -= bound.Length;
        return bound;
    }
}
