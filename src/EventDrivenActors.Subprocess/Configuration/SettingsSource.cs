using Akka.Configuration;

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
            new ConfiguredNumbers(_source, Section),
            _shapesChild,
            () => _source.GetConfig("link-system"),
            () => _source.GetConfig("child-system").WithFallback(_source.GetConfig("link-system"))
        );
        return settings.Channel.ChunkSize <= settings.Channel.EnvelopeSize
            ? settings
            : throw new ConfigurationException(
                $"The key '{Section}.link.chunk-size' is '{settings.Channel.ChunkSize}', which does not fit an "
                    + $"envelope of ''{settings.Channel.EnvelopeSize}' bytes; make it smaller."
            );
    }
}
