namespace EventDrivenActors.Wire.Calls;

/// <summary>
/// The holder's end of the memory that it shares with its caller: a call is marked before user code runs for it, and
/// the mark outlives the holder.
/// </summary>
/// <remarks>A mark costs one store. Any thread.</remarks>
internal sealed unsafe class StartMarks
{
    private readonly Lock? _gate;
    private readonly int _slots;
    private readonly long* _firstSlot;
    private readonly long* _arriving;
    private readonly Action? _release;

    // Under _gate.
    private bool _closed;

    /// <param name="slots">How many calls can be marked at a time; 0 for no marks.</param>
    /// <param name="firstSlot">The word of the first of them; the others follow.</param>
    /// <param name="arriving">The word of the call that is being taken in.</param>
    /// <param name="closes">Whether it will be closed; the memory of a process ends with the process.</param>
    /// <param name="release">Gives the memory back when it is closed.</param>
    public StartMarks(int slots, long* firstSlot, long* arriving, bool closes, Action? release = null)
    {
        _slots = slots;
        _firstSlot = firstSlot;
        _arriving = arriving;
        _gate = closes ? new Lock() : null;
        _release = release;
    }

    /// <summary>Marks nothing: the caller then does not know what has started.</summary>
    public static StartMarks None { get; } = new(0, null, null, closes: false);

    /// <summary>Marks that a call starts.</summary>
    /// <returns>False when the holder counts as dead: the call must not start.</returns>
    public bool TrySet(int slot, long call)
    {
        if (_gate is null)
        {
            SetSlot(slot, call);
            return true;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                SetSlot(slot, call);
            }

            return !_closed;
        }
    }

    /// <summary>Takes a mark back: no user code runs for the call, which has not started.</summary>
    public void Clear(int slot) => TrySet(slot, 0);

    /// <summary>
    /// Says which call is being taken in, by its place among all that the holder was sent; 0 for none.
    /// </summary>
    public void Arriving(long place)
    {
        if (_slots == 0)
        {
            return;
        }

        if (_gate is null)
        {
            Volatile.Write(ref *_arriving, place);
            return;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                Volatile.Write(ref *_arriving, place);
            }
        }
    }

    /// <summary>From now on nothing starts, as if the process had ended.</summary>
    public void Close()
    {
        if (_gate is null)
        {
            return;
        }

        lock (_gate)
        {
            if (!_closed)
            {
                _release?.Invoke();
            }

            _closed = true;
        }
    }

    private void SetSlot(int slot, long call)
    {
        if ((uint)slot < (uint)_slots)
        {
            Volatile.Write(ref _firstSlot[slot], call);
        }
    }
}
