using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>The configuration of the worker in a child.</summary>
/// <param name="Name">The name of the parent's controller.</param>
/// <param name="Workers">How many handlers run at a time.</param>
/// <param name="EventTimeoutTicks">How long the handlers of an event may take; 0 for no limit.</param>
/// <param name="ReadTimeoutTicks">How long reading an event's arguments may take.</param>
/// <param name="MaxPayloadBytes">The most bytes of a payload.</param>
/// <param name="Setup">The name of the user's setup type; null without one.</param>
/// <param name="AllowedTypes">Names of the types that may cross beside those of signatures.</param>
/// <param name="Handlers">The mapping.</param>
/// <param name="Context">The context of the parent's run.</param>
internal sealed record ChildConfiguration(
    string Name,
    int Workers,
    long EventTimeoutTicks,
    long ReadTimeoutTicks,
    int MaxPayloadBytes,
    string? Setup,
    IReadOnlyList<string> AllowedTypes,
    IReadOnlyList<MappedMethod> Handlers,
    ReadOnlyMemory<byte> Context
)
{
    /// <summary>The methods that it runs before it is ready, in order.</summary>
    public IReadOnlyList<MethodReference> WarmUps { get; init; } = [];

    /// <summary>The least grave events of its log that the child is to send.</summary>
    public ChildLogLevel LogLevel { get; init; } = ChildLogLevel.None;

    /// <summary>How many of them it may send in a second.</summary>
    public int LogLines { get; init; }
}
