namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>Consumers that have nothing to do, and which of them is woken next: the one that waits longest.</summary>
/// <remarks>
/// One is woken at a time. A consumer that takes an event has the next one woken while more is queued, so a burst costs
/// one wake-up and not one for each event. As long as something is queued and a consumer is idle, one is on its way.
/// </remarks>
/// <param name="buffer">The queued events.</param>
/// <param name="shared">Whether there can be several consumers.</param>
internal sealed class IdleConsumers(EventBuffer buffer, bool shared)
{
    // Under the buffer's lock. A controller's own mailbox has one consumer, which needs no list.
    private IEventConsumer? _first;
    private List<IEventConsumer>? _others;

    // Written under the buffer's lock. The consumer that is on its way, and what has been added and taken since.
    private IEventConsumer? _woken;
    private long _takenWhenWoken;
    private int _addedSince;

    /// <summary>A consumer is idle. Under the buffer's lock.</summary>
    public void Add(IEventConsumer consumer)
    {
        consumer.IsEnlisted |= shared;
        if (_first is null)
        {
            _first = consumer;
        }
        else if (!ReferenceEquals(_first, consumer) && _others?.Contains(consumer) != true)
        {
            (_others ??= []).Add(consumer);
        }
    }

    /// <summary>
    /// A consumer is at work, or gone: it must not be woken in place of an idle one. Under the buffer's lock.
    /// </summary>
    public void Remove(IEventConsumer consumer)
    {
        consumer.IsEnlisted &= !shared;
        if (ReferenceEquals(_first, consumer))
        {
            RemoveFirst();
        }
        else
        {
            _others?.Remove(consumer);
        }
    }

    /// <summary>
    /// A consumer has taken an event. The only consumer of a mailbox stays registered, so that the next event wakes it.
    /// Under the buffer's lock.
    /// </summary>
    public void OnTaken(IEventConsumer consumer)
    {
        if (shared)
        {
            Remove(consumer);
        }
    }

    /// <summary>A consumer has come, perhaps because it was woken. Under the buffer's lock.</summary>
    public void Arrive(IEventConsumer consumer)
    {
        if (ReferenceEquals(_woken, consumer))
        {
            _woken = null;
        }
    }

    /// <summary>
    /// The consumer to wake because something is queued; the caller does so after it has given back the buffer's lock,
    /// which it holds.
    /// </summary>
    public IEventConsumer? Next()
    {
        if (_woken is not null && ++_addedSince < MailboxTuning.Patience)
        {
            return null;
        }

        IEventConsumer? next = _first;
        if (next is not null)
        {
            RemoveFirst();
            _woken = next;
            _addedSince = 0;
            _takenWhenWoken = buffer.Taken;
        }

        return next;
    }

    /// <summary>Whether a consumer comes because it was woken, and no other has taken an event since.</summary>
    public bool IsWokenForNext(IEventConsumer consumer) =>
        ReferenceEquals(_woken, consumer) && _takenWhenWoken == buffer.Taken;

    private void RemoveFirst()
    {
        _first = null;
        if (_others is { Count: > 0 })
        {
            _first = _others[0];
            _others.RemoveAt(0);
        }
    }
}
