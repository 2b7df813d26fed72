namespace EventDrivenActors.EventLoop;

/// <summary>
/// Consumers that wait to be woken, the longest waiting first, each once. Used under the mailbox's lock.
/// </summary>
/// <remarks>A controller's own mailbox has one consumer, which needs no list.</remarks>
internal struct IdleConsumers
{
    private IEventConsumer? _first;
    private List<IEventConsumer>? _others;

    public void Add(IEventConsumer consumer)
    {
        if (_first is null)
        {
            _first = consumer;
        }
        else if (!ReferenceEquals(_first, consumer) && _others?.Contains(consumer) != true)
        {
            (_others ??= []).Add(consumer);
        }
    }

    public IEventConsumer? Take()
    {
        IEventConsumer? taken = _first;
        if (taken is not null)
        {
            DropFirst();
        }

        return taken;
    }

    public bool Remove(IEventConsumer consumer)
    {
        if (ReferenceEquals(_first, consumer))
        {
            DropFirst();
            return true;
        }

        return _others?.Remove(consumer) == true;
    }

    private void DropFirst()
    {
        _first = null;
        if (_others is { Count: > 0 })
        {
            _first = _others[0];
            _others.RemoveAt(0);
        }
    }
}
