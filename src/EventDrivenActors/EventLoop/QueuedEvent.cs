namespace EventDrivenActors.EventLoop;

/// <summary>An item of the event mailbox: a pending (which carries all of its event), or the bare key and value of a post.</summary>
internal readonly struct QueuedEvent(object head, object? value = null)
{
    public object Head { get; } = head;

    public object? Value { get; } = value;
}
