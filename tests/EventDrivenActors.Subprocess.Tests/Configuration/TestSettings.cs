using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Tests.Configuration;

/// <summary>The reference settings, with changes.</summary>
internal static class TestSettings
{
    public static SubprocessSettings With(string hocon) =>
        SubprocessSettings.From(ConfigurationFactory.ParseString($"event-driven-actors.subprocess {{ {hocon} }}"));
}
