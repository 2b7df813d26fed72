using Akka.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>
/// The settings of <c>hocon/subprocess.conf</c> and the host's configuration. The parent sends each number that it has
/// taken to the child, which makes its settings of them by the same code: a new number is a line there and a property
/// here.
/// </summary>
/// <param name="numbers">Has each number under its key.</param>
/// <param name="bootsChildFirst">Whether the host's configuration changes the child's actor system, for example its
/// dispatcher: then nothing runs before that system has booted.</param>
/// <param name="linkSystem">Reads the configuration of the private actor systems, when one is made.</param>
/// <param name="childSystem">Reads that of the child's own.</param>
internal sealed class SubprocessSettings(
    ISettingNumbers numbers,
    bool bootsChildFirst,
    Func<Config> linkSystem,
    Func<Config> childSystem
)
{
    private readonly Lazy<Config> _linkSystem = new(linkSystem);
    private readonly Lazy<Config> _childSystem = new(childSystem);

    public TimeSpan StartTimeout { get; } = numbers.Time("start-timeout");

    public TimeSpan SetupTimeout { get; } = numbers.Time("setup-timeout");

    public TimeSpan ReadTimeout { get; } = numbers.Time("read-timeout");

    public TimeSpan HandshakeTimeout { get; } = numbers.Time("handshake-timeout");

    public TimeSpan DrainTimeout { get; } = numbers.Time("drain-timeout");

    public TimeSpan JoinAfter { get; } = numbers.Time("link.join-after");

    public int OutputLines { get; } = numbers.Count("output.lines");

    public int OutputLineLength { get; } = numbers.Size("output.line-length");

    public int LoggedLines { get; } = numbers.Count("output.logged-lines");

    public TimeSpan ExitDrain { get; } = numbers.Time("output.exit-drain");

    /// <summary>Those of the link.</summary>
    public ChannelSettings Channel { get; } = new(numbers);

    /// <summary>The numbers from which the child makes the same settings.</summary>
    public IReadOnlyDictionary<string, long> Numbers => numbers.Taken;

    public bool BootsChildFirst => bootsChildFirst;

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
    public SubprocessSettings Carrying(int payload)
    {
        int needed = ChannelSettings.MessageSizeOf(payload);
        return needed <= Channel.MaximumMessageSize
            ? this
            : new SubprocessSettings(
                new SentNumbers(
                    new Dictionary<string, long>(Numbers) { [ChannelSettings.MaximumMessageSizeKey] = needed }
                ),
                bootsChildFirst,
                () => LinkSystem,
                () => ChildSystem
            );
    }

    /// <summary>Reads the host's configuration above the reference file.</summary>
    public static SubprocessSettings From(Config host) => new SettingsSource(host).Read();
}
