namespace EventDrivenActors.Wire.Channel;

/// <summary>The numbers by which both ends of a link work.</summary>
internal sealed record ChannelSettings
{
    /// <summary>The most that a frame adds to an envelope.</summary>
    private const int EnvelopeOverhead = 8 * 1024;

    /// <summary>The most that a message holds besides its payload.</summary>
    private const int MessageOverhead = 1024 * 1024;

    public required TimeSpan HeartbeatInterval { get; init; }

    public required TimeSpan UnresponsiveAfter { get; init; }

    public required TimeSpan KillAfter { get; init; }

    public required int MaximumMessageSize { get; init; }

    public required int EnvelopeMessages { get; init; }

    public required int EnvelopeSize { get; init; }

    public required int UnacknowledgedEnvelopes { get; init; }

    public required int ChunkSize { get; init; }

    public required int HighWaterMark { get; init; }

    /// <summary>For the thread that sends the signs of life; sending one too early does no harm.</summary>
    public int HeartbeatMilliseconds =>
        HeartbeatInterval == Timeout.InfiniteTimeSpan
            ? Timeout.Infinite
            : (int)Math.Min(Math.Ceiling(HeartbeatInterval.TotalMilliseconds), int.MaxValue);

    /// <summary>The longest frame on the stream; a longer one is a breach of protocol.</summary>
    public int MaximumFrame => EnvelopeSize + EnvelopeOverhead;

    /// <summary>These settings, for a link that carries payloads of this size too.</summary>
    public ChannelSettings Carrying(int payload) =>
        payload + MessageOverhead <= MaximumMessageSize
            ? this
            : this with
            {
                MaximumMessageSize = payload + MessageOverhead,
            };
}
