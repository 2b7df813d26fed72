using Akka.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Configuration;

/// <summary>
/// The only reader of <c>hocon/subprocess.conf</c> and of what the host's configuration says above it.
/// </summary>
internal sealed class SettingsSource
{
    private const string Section = "event-driven-actors.subprocess";
    private const string Resource = "EventDrivenActors.Subprocess.subprocess.conf";

    private readonly Config _source;
    private readonly bool _shapesChild;

    public SettingsSource(Config host)
    {
        Config reference = ConfigurationFactory
            .FromResource(Resource, typeof(SettingsSource).Assembly)
            .GetConfig(Section);
        _shapesChild = host.HasPath($"{Section}.child-system") || host.HasPath($"{Section}.link-system");
        _source = host.HasPath(Section) ? host.GetConfig(Section).WithFallback(reference) : reference;
    }

    /// <exception cref="ConfigurationException">A value is not valid.</exception>
    public SubprocessSettings Read()
    {
        SubprocessSettings settings = new SubprocessSettings(
            () => _source.GetConfig("link-system"),
            () => _source.GetConfig("child-system").WithFallback(_source.GetConfig("link-system"))
        )
        {
            StartTimeout = Time("start-timeout"),
            SetupTimeout = Time("setup-timeout"),
            ReadTimeout = Time("read-timeout"),
            HandshakeTimeout = Time("handshake-timeout"),
            DrainTimeout = Time("drain-timeout"),
            Channel = new ChannelSettings
            {
                HeartbeatInterval = Time("heartbeat.interval"),
                UnresponsiveAfter = Time("heartbeat.unresponsive-after"),
                KillAfter = Time("heartbeat.kill-after"),
                MaximumMessageSize = Size("link.maximum-message-size"),
                EnvelopeMessages = _source.GetInt("link.envelope-messages"),
                EnvelopeSize = Size("link.envelope-size"),
                UnacknowledgedEnvelopes = _source.GetInt("link.unacknowledged-envelopes"),
                ChunkSize = Size("link.chunk-size"),
                HighWaterMark = Size("link.high-water-mark"),
            },
            JoinAfter = Time("link.join-after"),
            OutputLines = _source.GetInt("output.lines"),
            OutputLineLength = Size("output.line-length"),
            LoggedLines = _source.GetInt("output.logged-lines"),
            ExitDrain = Time("output.exit-drain"),
            BootsChildFirst = _shapesChild,
        };
        return settings.Channel.ChunkSize <= settings.Channel.EnvelopeSize
            ? settings
            : throw new ConfigurationException(
                $"The key '{Section}.link.chunk-size' is '{settings.Channel.ChunkSize}', which does not fit an "
                    + $"envelope of ''{settings.Channel.EnvelopeSize}' bytes; make it smaller."
            );
    }

    private TimeSpan Time(string key)
    {
        TimeSpan value = _source.GetTimeSpan(key);
        return TimeOption.IsTime(value)
            ? value
            : throw new ConfigurationException(
                $"The key '{Section}.{key}' is '{value}'; give it a time from 100 ns to 10 years (3653 days), or "
                    + "'infinite'."
            );
    }

    private int Size(string key)
    {
        long value = _source.GetByteSize(key) ?? 0;
        return value is > 0 and <= int.MaxValue
            ? (int)value
            : throw new ConfigurationException(
                $"The key '{Section}.{key}' is '{value}' bytes; give it a size from 1 to {int.MaxValue}."
            );
    }
}
