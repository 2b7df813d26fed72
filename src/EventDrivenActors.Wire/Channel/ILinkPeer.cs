namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// The receiving half of one end of a link. The calls come one at a time and in order; they must not block.
/// </summary>
internal interface ILinkPeer
{
    /// <summary>
    /// Takes one whole message of either lane. The memory is the link's: it is valid during the call only.
    /// </summary>
    void OnReceived(ReadOnlyMemory<byte> message);

    /// <summary>Says once, after the last message, that the link has ended.</summary>
    void OnClosed(string reason);
}
