using Akka.Configuration;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>What <c>hocon/subprocess.conf</c> and the host's configuration say; the only reader of both.</summary>
/// <remarks>Immutable. The parent sends <see cref="ToHocon"/> to the child, so both ends of a link work by the same numbers.</remarks>
internal sealed class SubprocessSettings
{
    private const string Section = "event-driven-actors.subprocess";
    private const string Resource = "EventDrivenActors.Subprocess.subprocess.conf";

    /// <summary>The most that Akka's own framing adds to an envelope.</summary>
    private const int EnvelopeOverhead = 8 * 1024;

    private readonly Config _source;

    private SubprocessSettings(Config source)
    {
        _source = source;
        StartTimeout = Time("start-timeout");
        SetupTimeout = Time("setup-timeout");
        ReadTimeout = Time("read-timeout");
        HandshakeTimeout = Time("handshake-timeout");
        DrainTimeout = Time("drain-timeout");
        HeartbeatInterval = Time("heartbeat.interval");
        UnresponsiveAfter = Time("heartbeat.unresponsive-after");
        KillAfter = Time("heartbeat.kill-after");
        MaximumMessageSize = Size("link.maximum-message-size");
        EnvelopeMessages = source.GetInt("link.envelope-messages");
        EnvelopeSize = Size("link.envelope-size");
        UnacknowledgedEnvelopes = source.GetInt("link.unacknowledged-envelopes");
        ChunkSize = Size("link.chunk-size");
        HighWaterMark = Size("link.high-water-mark");
        OutputLines = source.GetInt("output.lines");
        OutputLineLength = Size("output.line-length");
        LoggedLines = source.GetInt("output.logged-lines");
        ExitDrain = Time("output.exit-drain");
        JoinAfter = Time("link.join-after");
        LinkSystem = source.GetConfig("link-system");
        ChildSystem = source.GetConfig("child-system").WithFallback(LinkSystem);
        if (ChunkSize > EnvelopeSize)
            throw new ConfigurationException(
                $"The key '{Section}.link.chunk-size' is '{ChunkSize}', which does not fit an envelope of '{EnvelopeSize}' bytes; make it smaller.");
    }

    public TimeSpan StartTimeout { get; }

    public TimeSpan SetupTimeout { get; }

    public TimeSpan ReadTimeout { get; }

    public TimeSpan HandshakeTimeout { get; }

    public TimeSpan DrainTimeout { get; }

    public TimeSpan HeartbeatInterval { get; }

    public TimeSpan UnresponsiveAfter { get; }

    public TimeSpan KillAfter { get; }

    public int MaximumMessageSize { get; }

    public int EnvelopeMessages { get; }

    public int EnvelopeSize { get; }

    public int UnacknowledgedEnvelopes { get; }

    public int ChunkSize { get; }

    public int HighWaterMark { get; }

    public int OutputLines { get; }

    public int OutputLineLength { get; }

    public int LoggedLines { get; }

    public TimeSpan ExitDrain { get; }

    public TimeSpan JoinAfter { get; }

    /// <summary>The whole configuration of the private actor systems.</summary>
    public Config LinkSystem { get; }

    /// <summary>That of the actor system in which a child's handlers run.</summary>
    public Config ChildSystem { get; }

    /// <summary>The longest frame on the socket; a longer one is a breach of protocol.</summary>
    public int MaximumFrame => EnvelopeSize + EnvelopeOverhead;

    /// <summary>Reads the host's configuration above the reference file.</summary>
    public static SubprocessSettings From(Config host)
    {
        var reference = ConfigurationFactory.FromResource(Resource, typeof(SubprocessSettings).Assembly).GetConfig(Section);
        return new SubprocessSettings(host.HasPath(Section) ? host.GetConfig(Section).WithFallback(reference) : reference);
    }

    /// <summary>Reads what <see cref="ToHocon"/> wrote.</summary>
    public static SubprocessSettings Parse(string hocon) => new(ConfigurationFactory.ParseString(hocon));

    /// <summary>These settings as text that is complete in itself.</summary>
    public string ToHocon() => _source.ToString(true);

    private TimeSpan Time(string key)
    {
        var value = _source.GetTimeSpan(key, null, false);
        return value > TimeSpan.Zero
            ? value
            : throw new ConfigurationException($"The key '{Section}.{key}' is '{value}'; give it a time above zero.");
    }

    private int Size(string key)
    {
        var value = _source.GetByteSize(key) ?? 0;
        return value is > 0 and <= int.MaxValue
            ? (int)value
            : throw new ConfigurationException($"The key '{Section}.{key}' is '{value}' bytes; give it a size from 1 to {int.MaxValue}.");
    }
}
