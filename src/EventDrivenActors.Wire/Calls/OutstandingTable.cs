namespace EventDrivenActors.Wire.Calls;

/// <summary>
/// The events on their way to, in, and back from the holders of one controller: pure bookkeeping. Not thread-safe.
/// </summary>
/// <param name="maxAttempts">How many deaths of its holder an idempotent call may cause.</param>
/// <remarks>
/// A call that had not started when its holder died goes to the next one and is charged with nothing. An idempotent
/// call that had started alone is charged with the death; where several had, each becomes a suspect instead. A suspect
/// is delivered alone (<see cref="HeldCalls.HoldsBack"/>), and is charged with the death of a holder that dies then. So
/// a call is started in at most one dying holder more than it may be charged with. Where it is not known what had
/// started, everything may have. Calls that are bound to a holder die with it. A holder is a child today.
/// </remarks>
internal sealed class OutstandingTable(int maxAttempts)
{
    /// <summary>
    /// How many holders a call may end by being taken in; others may have died of something else at that moment.
    /// </summary>
    private const int MostArrivals = 10;

    private readonly LinkedList<OutstandingCall> _waiting = [];

    // Nearly every call is sent at once: its place in the queue then serves the next one.
    private LinkedListNode<OutstandingCall>? _spare;
    private int _held;
    private int _bound;
    private int _suspects;

    /// <summary>All that have not settled.</summary>
    public int Count => _waiting.Count + _bound + _held;

    /// <summary>
    /// Whether some calls must be delivered alone, so that the time and the end of others matter to sending.
    /// </summary>
    public bool HasSuspects => _suspects > 0;

    public void Add(OutstandingCall call)
    {
        LinkedListNode<OutstandingCall> place = _spare ?? new LinkedListNode<OutstandingCall>(call);
        place.Value = call;
        _spare = null;
        (call.BoundTo?.Waiting ?? _waiting).AddLast(place);
        _bound += call.BoundTo is null ? 0 : 1;
    }

    /// <summary>Takes the next one to send to a holder.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="now">The time; need not be known while there are no suspects.</param>
    /// <param name="call">The call to send.</param>
    /// <param name="takesNew">Whether it takes calls that are not for it alone.</param>
    public bool TrySend(HeldCalls holder, TimeSpan now, out OutstandingCall call, bool takesNew = true)
    {
        if (Next(holder, takesNew) is not { } next || (HasSuspects && holder.HoldsBack(next.Value, now) is not null))
        {
            call = null!;
            return false;
        }

        call = next.Value;
        next.List!.Remove(next);
        next.Value = null!;
        _spare = next;
        _bound -= call.BoundTo is null ? 0 : 1;
        _held++;
        holder.Add(call, now);
        return true;
    }

    /// <summary>When the next one may be sent that must not be sent now; null when none is held back.</summary>
    public TimeSpan? HeldBackUntil(HeldCalls holder, TimeSpan now, bool takesNew = true) =>
        HasSuspects && Next(holder, takesNew) is { } next ? holder.HoldsBack(next.Value, now) : null;

    /// <summary>Removes a call that has ended in a holder.</summary>
    public bool TryEnd(HeldCalls holder, long id, out OutstandingCall call)
    {
        if (!holder.TryEnd(id, out call))
        {
            return false;
        }

        _held--;
        _suspects -= call.IsSuspect ? 1 : 0;
        return true;
    }

    /// <summary>Removes a call that has not been sent.</summary>
    public bool TryWithdraw(OutstandingCall call)
    {
        if (call.Holder is not null || !(call.BoundTo?.Waiting ?? _waiting).Remove(call))
        {
            return false;
        }

        _bound -= call.BoundTo is null ? 0 : 1;
        _suspects -= call.IsSuspect ? 1 : 0;
        return true;
    }

    /// <summary>
    /// A holder has died: sorts out its calls. Those for the next holder go back to the head of the queue, in order.
    /// </summary>
    /// <param name="holder">The holder.</param>
    /// <param name="record">Its marks; null when it made none.</param>
    public LostCalls HolderDied(HeldCalls holder, StartRecord? record = null)
    {
        List<OutstandingCall> lost = [];
        List<OutstandingCall> poisoned = [];
        List<OutstandingCall> cancelled = [];
        bool known = record is not null || holder.IsFrozen;
        IReadOnlyList<OutstandingCall> held = TakeAll(holder);
        foreach (OutstandingCall call in held)
        {
            call.Started |= record?.Has(call) == true;
            call.Died(
                call.Started ? true
                : known ? false
                : null
            );
        }

        bool alone = held.Count(call => call.Started || !known) == 1;
        foreach (OutstandingCall call in held.Where(call => !call.Settled).OrderByDescending(call => call.Id))
        {
            bool neverStarted = known && !call.Started;
            if (call.Unwanted && (neverStarted || call.Idempotent))
            {
                cancelled.Add(call);
            }
            else if (
                call.BoundTo is not null
                || (!neverStarted && !call.Idempotent)
                || (neverStarted && EndsHolders(call, record))
            )
            {
                lost.Add(call);
            }
            else if (!neverStarted && Charge(call, alone) >= maxAttempts)
            {
                poisoned.Add(call);
            }
            else
            {
                _suspects += call.IsSuspect ? 1 : 0;
                call.Attempt += neverStarted ? 0 : 1;
                call.Holder = null;
                call.Started = false;
                call.Due = null;
                call.Allowed = null;
                PutBack(call);
            }
        }

        lost.Reverse();
        poisoned.Reverse();
        cancelled.Reverse();
        return new LostCalls([.. lost, .. TakeBound(holder)], poisoned, cancelled);
    }

    /// <summary>Takes all that a holder has.</summary>
    public IReadOnlyList<OutstandingCall> TakeHeld(HeldCalls holder) =>
        [.. TakeAll(holder).Where(call => !call.Settled), .. TakeBound(holder)];

    /// <summary>Takes all that wait.</summary>
    public IReadOnlyList<OutstandingCall> TakeWaiting()
    {
        OutstandingCall[] all = [.. _waiting];
        _suspects -= all.Count(call => call.IsSuspect);
        _waiting.Clear();
        return all;
    }

    /// <summary>Takes what waits for a holder and may go to no other.</summary>
    /// <param name="holder">The holder.</param>
    /// <param name="removals">Whether also what removes an object: that is wanted as long as the holder lives.</param>
    public OutstandingCall[] TakeBound(HeldCalls holder, bool removals = true)
    {
        OutstandingCall[] bound = [.. holder.Waiting.Where(call => removals || call.Token > 0)];
        foreach (OutstandingCall call in bound)
        {
            holder.Waiting.Remove(call);
        }

        _bound -= bound.Length;
        return bound;
    }

    /// <summary>Several holders may have died, in any order.</summary>
    private void PutBack(OutstandingCall call)
    {
        LinkedListNode<OutstandingCall>? behind = _waiting.First;
        while (behind?.Value.Id < call.Id)
        {
            behind = behind.Next;
        }

        if (behind is null)
        {
            _waiting.AddLast(call);
        }
        else
        {
            _waiting.AddBefore(behind, call);
        }
    }

    private LinkedListNode<OutstandingCall>? Next(HeldCalls holder, bool takesNew)
    {
        LinkedListNode<OutstandingCall>? any = takesNew ? _waiting.First : null;
        LinkedListNode<OutstandingCall>? bound = holder.Waiting.First;
        return bound is null || any?.Value.Id < bound.Value.Id ? any : bound;
    }

    private IReadOnlyList<OutstandingCall> TakeAll(HeldCalls holder)
    {
        IReadOnlyList<OutstandingCall> all = holder.TakeAll();
        _held -= all.Count;
        _suspects -= all.Count(call => call.IsSuspect);
        return all;
    }

    /// <summary>Whether a call has ended so many holders before it could start that no other is to have it.</summary>
    private static bool EndsHolders(OutstandingCall call, StartRecord? record) =>
        record?.TakesIn(call) == true && ++call.Arrivals >= MostArrivals;

    /// <summary>Charges a call that had started with the death of its holder, if that is fair.</summary>
    /// <returns>How many deaths it is charged with.</returns>
    private static int Charge(OutstandingCall call, bool alone)
    {
        call.Charges += alone || call.IsSuspect ? 1 : 0;
        call.IsSuspect = true;
        return call.Charges;
    }
}
