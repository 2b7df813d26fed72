namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The calls that one child has: sent to it, and not ended. Pure. Not thread-safe.</summary>
internal sealed class HeldCalls
{
    private readonly Dictionary<long, OutstandingCall> _calls = [];

    public int Count => _calls.Count;

    /// <summary>What waits for this child and may go to no other, in order.</summary>
    public LinkedList<OutstandingCall> Waiting { get; } = [];

    public IReadOnlyCollection<OutstandingCall> All => _calls.Values;

    /// <summary>Whether the child is known to start nothing more: what has not started never will.</summary>
    public bool IsFrozen { get; set; }

    public bool TryGet(long id, out OutstandingCall call) => _calls.TryGetValue(id, out call!);

    /// <summary>Takes a call that is sent to the child.</summary>
    public void Add(OutstandingCall call)
    {
        call.Holder = this;
        _calls.Add(call.Id, call);
    }

    /// <summary>Removes a call that has ended in the child.</summary>
    public bool TryEnd(long id, out OutstandingCall call) => _calls.Remove(id, out call!);

    /// <summary>What has not started is wanted no more.</summary>
    public void Withdraw()
    {
        foreach (OutstandingCall call in _calls.Values)
        {
            call.Unwanted |= !call.Started;
        }
    }

    /// <summary>Empties it: the child has died.</summary>
    public IReadOnlyList<OutstandingCall> TakeAll()
    {
        OutstandingCall[] all = [.. _calls.Values];
        _calls.Clear();
        IsFrozen = false;
        return all;
    }
}
