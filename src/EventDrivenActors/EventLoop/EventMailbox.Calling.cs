namespace EventDrivenActors.EventLoop;

/// <summary>Consumers that have nothing to do, and how they are called.</summary>
/// <remarks>
/// One is called at a time: a consumer that takes an event calls the next consumer while more is queued, so a burst
/// costs one wake-up and not one for each event. As long as something is queued and a consumer idle, one is on its way.
/// </remarks>
internal sealed partial class EventMailbox
{
    /// <summary>A consumer that was called and has not come for so many events is not waited for.</summary>
    private const int Patience = 1024;
    private IdleConsumers _idle;

    /// <summary>
    /// Registers a consumer as idle without its taking part; wakes one when there is something to do.
    /// </summary>
    public void Enlist(IEventConsumer consumer)
    {
        Enter();
        Came(consumer);
        Rest(consumer);
        IEventConsumer? next = IsEmpty ? null : Call();
        Exit();
        next?.Wake();
    }

    /// <summary>
    /// Takes a consumer out of the idle ones. When it was woken meanwhile, its turn goes to the next.
    /// </summary>
    public void Leave(IEventConsumer consumer)
    {
        Enter();
        Came(consumer);
        Rise(consumer);
        IEventConsumer? next = IsEmpty ? null : Call();
        Exit();
        next?.Wake();
    }

    /// <summary>The consumer to wake, if there is one.</summary>
    private IEventConsumer? Call()
    {
        if (_adding.Called is not null && ++_adding.CalledFor < Patience)
        {
            return null;
        }

        IEventConsumer? next = _idle.Take();
        if (next is not null)
        {
            _adding.Called = next;
            _adding.CalledFor = 0;
            _adding.TakenWhenCalled = Volatile.Read(ref _taking.Taken);
        }

        return next;
    }

    private void Came(IEventConsumer consumer)
    {
        if (ReferenceEquals(_adding.Called, consumer))
        {
            _adding.Called = null;
        }
    }

    private void Rest(IEventConsumer consumer)
    {
        consumer.Rests |= shared;
        _idle.Add(consumer);
    }

    /// <summary>It is at work, or gone: it must not be called in place of an idle one.</summary>
    private void Rise(IEventConsumer consumer)
    {
        consumer.Rests &= !shared;
        _idle.Remove(consumer);
    }
}
