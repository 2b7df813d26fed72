namespace EventDrivenActors.Wire.Calls;

/// <summary>The calls that one holder has: sent to it, and not ended. Pure. Not thread-safe.</summary>
internal sealed class HeldCalls
{
    private static readonly TimeSpan Probation = TimeSpan.FromSeconds(1);

    // Not thread-safe: under the gate of the caller.
    private readonly Dictionary<long, OutstandingCall> _calls = [];
    private readonly Stack<int> _freeSlots = [];
    private int _slots;
    private OutstandingCall? _last;
    private TimeSpan _lastSent;

    public int Count => _calls.Count;

    /// <summary>The calls that wait for this holder and may go to no other, in order.</summary>
    public LinkedList<OutstandingCall> Waiting { get; } = [];

    public IReadOnlyCollection<OutstandingCall> All => _calls.Values;

    /// <summary>How many of them have not said that they started.</summary>
    public int Unstarted { get; private set; }

    /// <summary>How many the holder was ever sent.</summary>
    public long Taken { get; private set; }

    /// <summary>How many have ended in the holder; none while it is cold.</summary>
    public long Ended { get; private set; }

    /// <summary>Whether the holder is known to start nothing more: what has not started never will.</summary>
    public bool IsFrozen { get; set; }

    public bool TryGet(long id, out OutstandingCall call) => _calls.TryGetValue(id, out call!);

    /// <summary>Until when a call must wait although the holder takes calls; null when it need not.</summary>
    /// <remarks>
    /// A suspect runs alone, so that a death is laid at its door and at no other's. When it has not ended in a second
    /// the others are let in, for it may be waiting for them.
    /// </remarks>
    public TimeSpan? HoldsBack(OutstandingCall next, TimeSpan now) =>
        _last is { } last && (last.IsSuspect || next.IsSuspect) && _lastSent + Probation is { } over && over > now
            ? over
            : null;

    /// <summary>Takes a call that is sent to the holder.</summary>
    public void Add(OutstandingCall call, TimeSpan now)
    {
        call.Holder = this;
        call.Number = ++Taken;
        call.Slot = _freeSlots.TryPop(out int free) ? free : _slots++;
        _calls.Add(call.Id, call);
        _last = call;
        _lastSent = now;
        Unstarted++;
    }

    /// <summary>The holder has said that a call starts.</summary>
    public void Start(OutstandingCall call)
    {
        Unstarted -= call.Started ? 0 : 1;
        call.Started = true;

        // It had started before the holder heard that it was to be withdrawn.
        call.Withdrawn = false;
    }

    /// <summary>Removes a call that has ended in the holder.</summary>
    public bool TryEnd(long id, out OutstandingCall call)
    {
        if (!_calls.Remove(id, out call!))
        {
            return false;
        }

        _freeSlots.Push(call.Slot);
        Ended++;
        Unstarted -= call.Started ? 0 : 1;
        _last = call == _last ? null : _last;
        return true;
    }

    /// <summary>Takes the calls whose time is up: they have timed out, whatever the holder says later.</summary>
    /// <param name="now">The time.</param>
    /// <param name="late">Gets them.</param>
    /// <returns>When the next one is due.</returns>
    public TimeSpan? TimeOut(TimeSpan now, List<OutstandingCall> late)
    {
        TimeSpan? next = null;
        foreach (OutstandingCall call in _calls.Values)
        {
            if (call.Settled || call.Due is not { } due)
            {
                continue;
            }

            if (due <= now)
            {
                call.Settled = true;
                call.TimedOutHere = true;
                late.Add(call);
            }
            else
            {
                next = next is null || due < next ? due : next;
            }
        }

        return next;
    }

    /// <summary>Withdraws the calls that have not started.</summary>
    public void Withdraw()
    {
        foreach (OutstandingCall call in _calls.Values)
        {
            call.Withdrawn |= !call.Started;
        }
    }

    /// <summary>Empties it: the holder has died.</summary>
    /// <returns>The calls that it had, in the order of sending.</returns>
    public IReadOnlyList<OutstandingCall> TakeAll()
    {
        OutstandingCall[] all = [.. _calls.Values.OrderBy(call => call.Number)];
        _calls.Clear();
        _last = null;
        Unstarted = 0;
        IsFrozen = false;
        return all;
    }
}
