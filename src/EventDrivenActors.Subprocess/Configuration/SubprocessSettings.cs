using Akka.Configuration;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>
/// What <c>hocon/subprocess.conf</c> and the host's configuration say. The parent sends them to the child, so both ends
/// of a link work by the same numbers.
/// </summary>
internal sealed record SubprocessSettings
{
    /// <summary>The most that Akka's own framing adds to an envelope.</summary>
    private const int EnvelopeOverhead = 8 * 1024;

    /// <summary>The most that a message holds besides its payload.</summary>
    private const int MessageOverhead = 1024 * 1024;

    private readonly Lazy<Config> _linkSystem;
    private readonly Lazy<Config> _childSystem;

    /// <param name="linkSystem">Reads the configuration of the private actor systems, when one is made.</param>
    /// <param name="childSystem">Reads that of the child's own.</param>
    public SubprocessSettings(Func<Config> linkSystem, Func<Config> childSystem)
    {
        _linkSystem = new Lazy<Config>(linkSystem);
        _childSystem = new Lazy<Config>(childSystem);
    }

    public required TimeSpan StartTimeout { get; init; }

    public required TimeSpan SetupTimeout { get; init; }

    public required TimeSpan ReadTimeout { get; init; }

    public required TimeSpan HandshakeTimeout { get; init; }

    public required TimeSpan DrainTimeout { get; init; }

    public required TimeSpan HeartbeatInterval { get; init; }

    public required TimeSpan UnresponsiveAfter { get; init; }

    public required TimeSpan KillAfter { get; init; }

    public required int MaximumMessageSize { get; init; }

    public required int EnvelopeMessages { get; init; }

    public required int EnvelopeSize { get; init; }

    public required int UnacknowledgedEnvelopes { get; init; }

    public required int ChunkSize { get; init; }

    public required int HighWaterMark { get; init; }

    public required TimeSpan JoinAfter { get; init; }

    public required int OutputLines { get; init; }

    public required int OutputLineLength { get; init; }

    public required int LoggedLines { get; init; }

    public required TimeSpan ExitDrain { get; init; }

    /// <summary>
    /// Whether the host's configuration changes the child's actor system, for example its dispatcher: then nothing runs
    /// before that system has booted.
    /// </summary>
    public required bool BootsChildFirst { get; init; }

    /// <summary>The whole configuration of the private actor systems.</summary>
    public Config LinkSystem => _linkSystem.Value;

    /// <summary>That of the actor system in which a child's handlers run.</summary>
    public Config ChildSystem => _childSystem.Value;

    /// <summary>For sockets, which count whole milliseconds, some weeks of them at most; 0 is no limit.</summary>
    public int HandshakeMilliseconds =>
        HandshakeTimeout == Timeout.InfiniteTimeSpan ? 0 : WholeMilliseconds(HandshakeTimeout);

    /// <summary>For the thread that sends the signs of life; sending one too early does no harm.</summary>
    public int HeartbeatMilliseconds =>
        HeartbeatInterval == Timeout.InfiniteTimeSpan ? Timeout.Infinite : WholeMilliseconds(HeartbeatInterval);

    /// <summary>The longest frame on the socket; a longer one is a breach of protocol.</summary>
    public int MaximumFrame => EnvelopeSize + EnvelopeOverhead;

    /// <summary>These settings, for a link that carries payloads of this size too.</summary>
    public SubprocessSettings Carrying(int payload) =>
        payload + MessageOverhead <= MaximumMessageSize
            ? this
            : this with
            {
                MaximumMessageSize = payload + MessageOverhead,
            };

    private static int WholeMilliseconds(TimeSpan time) =>
        (int)Math.Min(Math.Ceiling(time.TotalMilliseconds), int.MaxValue);

    /// <summary>Reads the host's configuration above the reference file.</summary>
    public static SubprocessSettings From(Config host) => new SettingsSource(host).Read();
}
