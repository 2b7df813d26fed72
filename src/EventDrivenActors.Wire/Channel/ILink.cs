namespace EventDrivenActors.Wire.Channel;

/// <summary>The sending half of one end of a link. Any thread may send; nothing here blocks.</summary>
internal interface ILink
{
    /// <summary>Queues a message after those sent before it. The bytes are copied before this returns.</summary>
    /// <returns>False when the link is closed: the message will not arrive.</returns>
    /// <exception cref="ArgumentException">The message is longer than the link carries.</exception>
    bool Send(ReadOnlyMemory<byte> message);

    /// <summary>
    /// Sends a short message in the control lane, which never waits for <see cref="Send"/>; ordered within the lane.
    /// </summary>
    /// <returns>False when the link is closed.</returns>
    /// <exception cref="ArgumentException">The message is longer than a chunk.</exception>
    bool SendControl(ReadOnlyMemory<byte> message);

    /// <summary>
    /// Sends a message as <see cref="Send"/> does if it can leave at once; until it can, it may be taken back.
    /// </summary>
    /// <param name="id">Stands for it meanwhile.</param>
    /// <param name="message">The message.</param>
    void Announce(long id, ReadOnlySpan<byte> message) => Send(message.ToArray());

    /// <summary>Withdraws an announced message that has not left: the next message makes it needless.</summary>
    void TakeBack(long id)
    {
        // It has left.
    }

    /// <summary>Withdraws an announced message and sends one that makes it needless.</summary>
    /// <returns>As of <see cref="Send(ReadOnlyMemory{byte})"/>.</returns>
    bool SendInstead(long id, ReadOnlyMemory<byte> message)
    {
        TakeBack(id);
        return Send(message);
    }

    /// <summary>Completes when the other end has received everything sent so far, or the link has closed.</summary>
    /// <remarks>Completes at once on the receiving thread, which would otherwise wait for itself.</remarks>
    Task DrainAsync();
}
