namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The events on their way to, in, and back from a child: pure bookkeeping. Not thread-safe.</summary>
internal sealed class OutstandingTable(int maxAttempts)
{
    private readonly LinkedList<OutstandingCall> _waiting = [];
    private readonly Dictionary<long, OutstandingCall> _sent = [];

    private bool _frozen;

    /// <summary>All that have not settled.</summary>
    public int Count => _waiting.Count + _sent.Count;

    public IEnumerable<OutstandingCall> Sent => _sent.Values;

    /// <summary>Whether the child is known to start nothing more: what has not started never will.</summary>
    public bool IsFrozen => _frozen;

    public void Add(OutstandingCall call) => _waiting.AddLast(call);

    /// <summary>Takes the next one to send.</summary>
    public bool TrySend(out OutstandingCall call)
    {
        if (_waiting.First is not { } first)
        {
            call = null!;
            return false;
        }

        call = first.Value;
        _waiting.RemoveFirst();
        call.Sent = true;
        _sent.Add(call.Id, call);
        return true;
    }

    public bool TryGet(long id, out OutstandingCall call) => _sent.TryGetValue(id, out call!);

    /// <summary>Removes a call that has ended in the child.</summary>
    public bool TryEnd(long id, out OutstandingCall call) => _sent.Remove(id, out call!);

    /// <summary>Removes a call that has not been sent.</summary>
    public bool TryWithdraw(OutstandingCall call) => !call.Sent && _waiting.Remove(call);

    /// <summary>The child has said that it starts nothing more.</summary>
    public void Freeze() => _frozen = true;

    /// <summary>The child starts calls again.</summary>
    public void Thaw() => _frozen = false;

    /// <summary>The child has died: sorts out what it had. What may be delivered again goes back to the head of the queue, in order.</summary>
    public LostCalls ChildDied()
    {
        List<OutstandingCall> lost = [];
        List<OutstandingCall> poisoned = [];
        foreach (OutstandingCall call in _sent.Values.OrderByDescending(call => call.Id))
        {
            if (call.Settled)
            {
                continue;
            }

            bool neverStarted = _frozen && !call.Started;
            if (neverStarted || (call.Idempotent && call.Attempt < maxAttempts))
            {
                call.Attempt += neverStarted ? 0 : 1;
                call.Sent = call.Started = false;
                _waiting.AddFirst(call);
            }
            else
            {
                (call.Idempotent ? poisoned : lost).Add(call);
            }
        }

        _sent.Clear();
        _frozen = false;
        lost.Reverse();
        poisoned.Reverse();
        return new LostCalls(lost, poisoned);
    }

    /// <summary>Empties the table.</summary>
    public IReadOnlyList<OutstandingCall> TakeAll()
    {
        List<OutstandingCall> all = [.. _sent.Values.Where(call => !call.Settled), .. _waiting];
        _sent.Clear();
        _waiting.Clear();
        _frozen = false;
        return all;
    }
}
