using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop;

/// <summary>An item of the event mailbox: a pending (which carries all of its event), or the bare key and value of a post.</summary>
internal readonly struct QueuedEvent
{
    private static readonly object Enveloped = new();
    private readonly object _head;
    private readonly object? _value;

    public QueuedEvent(Pending pending)
    {
        _head = pending;
        _value = Enveloped;
    }

    public QueuedEvent(object key, object? value = null)
    {
        _head = key;
        _value = value;
    }

    /// <summary>The envelope; <see langword="null"/> for a bare post.</summary>
    public Pending? Pending => ReferenceEquals(_value, Enveloped) ? Unsafe.As<Pending>(_head) : null;

    public object Key => Pending is { } pending ? pending.Key : _head;

    public object? Value => Pending is { } pending ? pending.Value : _value;

    /// <summary>Whether it is a bare post. The place of an event that is just being taken is none, also half cleared.</summary>
    public bool IsPost => _head is not (null or EventDrivenActors.Pending) && !ReferenceEquals(_value, Enveloped);
}
