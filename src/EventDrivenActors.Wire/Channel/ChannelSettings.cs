namespace EventDrivenActors.Wire.Channel;

/// <summary>The numbers by which both ends of a link work.</summary>
/// <param name="numbers">Has each number under its key.</param>
internal sealed class ChannelSettings(ISettingNumbers numbers)
{
    public const string MaximumMessageSizeKey = "link.maximum-message-size";

    /// <summary>The most that a frame adds to an envelope.</summary>
    private const int EnvelopeOverhead = 8 * 1024;

    /// <summary>The most that a message holds besides its payload.</summary>
    private const int MessageOverhead = 1024 * 1024;

    public TimeSpan HeartbeatInterval { get; } = numbers.Time("heartbeat.interval");

    public TimeSpan UnresponsiveAfter { get; } = numbers.Time("heartbeat.unresponsive-after");

    public TimeSpan KillAfter { get; } = numbers.Time("heartbeat.kill-after");

    public int MaximumMessageSize { get; } = numbers.Size(MaximumMessageSizeKey);

    public int EnvelopeMessages { get; } = numbers.Count("link.envelope-messages");

    public int EnvelopeSize { get; } = numbers.Size("link.envelope-size");

    public int UnacknowledgedEnvelopes { get; } = numbers.Count("link.unacknowledged-envelopes");

    public int ChunkSize { get; } = numbers.Size("link.chunk-size");

    public int HighWaterMark { get; } = numbers.Size("link.high-water-mark");

    /// <summary>For the thread that sends the signs of life; sending one too early does no harm.</summary>
    public int HeartbeatMilliseconds =>
        HeartbeatInterval == Timeout.InfiniteTimeSpan
            ? Timeout.Infinite
            : (int)Math.Min(Math.Ceiling(HeartbeatInterval.TotalMilliseconds), int.MaxValue);

    /// <summary>The longest frame on the stream; a longer one is a breach of protocol.</summary>
    public int MaximumFrame => EnvelopeSize + EnvelopeOverhead;

    /// <summary>The size of a message that carries a payload of this size.</summary>
    public static int MessageSizeOf(int payload) => payload + MessageOverhead;
}
