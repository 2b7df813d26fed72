using Akka.Configuration;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A runtime that does not warn of children that are killed on purpose.</summary>
internal static class Quiet
{
    public static EventRuntime Runtime() =>
        EventRuntime.Create(options =>
            options.Configuration = ConfigurationFactory.ParseString("akka.loglevel = ERROR")
        );
}
