using Akka.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>
/// What <c>hocon/subprocess.conf</c> and the host's configuration say. The parent sends them to the child, so both ends
/// of a link work by the same numbers.
/// </summary>
internal sealed record SubprocessSettings
{
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

    /// <summary>Those of the link.</summary>
    public required ChannelSettings Channel { get; init; }

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
        HandshakeTimeout == Timeout.InfiniteTimeSpan
            ? 0
            : (int)Math.Min(Math.Ceiling(HandshakeTimeout.TotalMilliseconds), int.MaxValue);

    /// <summary>These settings, for a link that carries payloads of this size too.</summary>
    public SubprocessSettings Carrying(int payload) => this with { Channel = Channel.Carrying(payload) };

    /// <summary>Reads the host's configuration above the reference file.</summary>
    public static SubprocessSettings From(Config host) => new SettingsSource(host).Read();
}
