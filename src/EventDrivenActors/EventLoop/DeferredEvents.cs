namespace EventDrivenActors.EventLoop;

/// <summary>The events that a loop has deferred and that have not settled, in order. Any thread.</summary>
/// <remarks>
/// They are linked to one another, so that adding one costs no memory and removing one needs no search.
/// </remarks>
internal sealed class DeferredEvents
{
    private readonly Lock _gate = new();

    // Under _gate, as the links between the events.
    private DeferredEvent? _first;
    private DeferredEvent? _last;
    private int _count;

    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _count;
            }
        }
    }

    public void Add(DeferredEvent deferred)
    {
        lock (_gate)
        {
            deferred.Previous = _last;
            if (_last is null)
            {
                _first = deferred;
            }
            else
            {
                _last.Next = deferred;
            }

            _last = deferred;
            deferred.IsListed = true;
            _count++;
        }
    }

    /// <param name="deferred">The event.</param>
    /// <param name="last">Whether none is left.</param>
    /// <returns>Whether it was here.</returns>
    public bool Remove(DeferredEvent deferred, out bool last)
    {
        lock (_gate)
        {
            last = deferred.IsListed && --_count == 0;
            if (!deferred.IsListed)
            {
                return false;
            }

            deferred.IsListed = false;
            (DeferredEvent? previous, DeferredEvent? next) = (deferred.Previous, deferred.Next);
            if (previous is null)
            {
                _first = next;
            }
            else
            {
                previous.Next = next;
            }

            if (next is null)
            {
                _last = previous;
            }
            else
            {
                next.Previous = previous;
            }

            // A reference to it keeps nothing else alive.
            (deferred.Previous, deferred.Next) = (null, null);
            return true;
        }
    }

    public DeferredEvent[] All()
    {
        lock (_gate)
        {
            DeferredEvent[] all = new DeferredEvent[_count];
            int at = 0;
            for (DeferredEvent? one = _first; one is not null; one = one.Next)
            {
                all[at++] = one;
            }

            return all;
        }
    }
}
