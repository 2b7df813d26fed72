using System.Runtime.CompilerServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// An item of the event mailbox: a pending (which carries its whole event), or the bare key and value of a post.
/// </summary>
internal struct QueuedEvent
{
    private static readonly object Enveloped = new();

    // Of a place in a buffer: written under the lock of the buffer, cleared by the consumer that takes the event.
    private object? _head;
    private object? _value;

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
    public readonly Pending? Pending => ReferenceEquals(_value, Enveloped) ? Unsafe.As<Pending>(_head) : null;

    public readonly object Key => Pending is { } pending ? pending.Key : _head!;

    public readonly object? Value => Pending is { } pending ? pending.Value : _value;

    /// <summary>
    /// Whether it is a bare post. The place of an event that is being taken is not, even when it is half cleared.
    /// </summary>
    public readonly bool IsPost =>
        _head is not (null or EventDrivenActors.Pending) && !ReferenceEquals(_value, Enveloped);

    /// <summary>Whether a place is free for the next event.</summary>
    public readonly bool IsFree => Volatile.Read(in _head) is null;

    /// <summary>Takes the event out of its place, which is free from then on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static QueuedEvent TakeFrom(ref QueuedEvent place)
    {
        QueuedEvent item = place;
        place._value = null;
        Volatile.Write(ref place._head, null);
        return item;
    }
}
