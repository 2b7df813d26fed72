namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The events on their way to, in, and back from the children of one controller: pure bookkeeping. Not thread-safe.</summary>
internal sealed class OutstandingTable(int maxAttempts)
{
    private readonly LinkedList<OutstandingCall> _waiting = [];
    private int _held;

    /// <summary>All that have not settled.</summary>
    public int Count => _waiting.Count + _held;

    public void Add(OutstandingCall call) => _waiting.AddLast(call);

    /// <summary>Takes the next one to send to a child.</summary>
    public bool TrySend(HeldCalls child, out OutstandingCall call)
    {
        if (_waiting.First is not { } first)
        {
            call = null!;
            return false;
        }

        call = first.Value;
        _waiting.RemoveFirst();
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
    public bool TryWithdraw(OutstandingCall call) => call.Holder is null && _waiting.Remove(call);

    /// <summary>A child has died: sorts out what it had. What may be delivered again goes back to the head of the queue, in order.</summary>
    public LostCalls ChildDied(HeldCalls child)
    {
        List<OutstandingCall> lost = [];
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
            if (!call.Unwanted && (neverStarted || (call.Idempotent && call.Attempt < maxAttempts)))
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
    public IEnumerable<OutstandingCall> TakeHeld(HeldCalls child)
    {
        _held -= child.Count;
        return child.TakeAll().Where(call => !call.Settled);
    }

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<OutstandingCall> TakeWaiting()
    {
        OutstandingCall[] all = [.. _waiting];
        _waiting.Clear();
        return all;
    }
}
