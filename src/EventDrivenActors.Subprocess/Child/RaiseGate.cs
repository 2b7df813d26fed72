using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Lets handlers raise as many events as the parent takes, and refuses events while the parent's queue is full. Any
/// thread.
/// </summary>
/// <param name="parent">The parent's controller, for messages.</param>
/// <param name="waits">Whether a handler may be blocked until the parent has taken the earlier ones; else it is refused
/// at once, since its parent needs the same thread.</param>
internal sealed class RaiseGate(string parent, bool waits = true)
{
    /// <summary>The parent's answer takes microseconds, but a filter of its application may take any time.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly object _gate = new();

    // Under _gate.
    private long _sent;
    private long _taken;
    private bool _full;
    private bool _closed;

    // Written by the thread that receives, read by any.
    private int _receivingThread;

    /// <summary>The thread that is receiving, which would wait for itself; 0 for none.</summary>
    public int ReceivingThread
    {
        set => Volatile.Write(ref _receivingThread, value);
    }

    /// <summary>
    /// Takes a place for an event that is raised; waits while the parent has not taken the earlier ones.
    /// </summary>
    /// <exception cref="QueueFullException">The parent's queue is full, or the parent does not take any.</exception>
    public void TakePlace(object key)
    {
        lock (_gate)
        {
            while (!_closed && (_full || _sent - _taken >= RaiseWindow.Most))
            {
                if (_full)
                {
                    throw new QueueFullException(
                        $"The queue of the parent's controller '{parent}' is full, so '{key}' was not raised; raise "
                            + "it later, or raise the controller's Capacity."
                    );
                }

                if (
                    !waits
                    || Volatile.Read(ref _receivingThread) == Environment.CurrentManagedThreadId
                    || !Monitor.Wait(_gate, Patience)
                )
                {
                    throw new QueueFullException(
                        $"The parent's controller '{parent}' has not taken the last '{RaiseWindow.Most}' events that "
                            + $"were raised, so '{key}' was not; raise it later."
                    );
                }
            }

            _sent++;
        }
    }

    /// <summary>Gives back the place of an event that was not sent.</summary>
    public void GiveBack()
    {
        lock (_gate)
        {
            _sent--;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The parent says how many it has taken in all, and whether its queue is full.</summary>
    public void Taken(long taken, bool full)
    {
        lock (_gate)
        {
            _taken = taken;
            _full = full;
            Monitor.PulseAll(_gate);
        }
    }

    /// <summary>The link has ended: raised events are dropped, and nothing waits.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            Monitor.PulseAll(_gate);
        }
    }
}
