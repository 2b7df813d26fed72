namespace EventDrivenActors;

/// <summary>What one event may ask for beyond its value. Immutable; one instance may serve many events.</summary>
public sealed record EventOptions
{
    internal static EventOptions Default { get; } = new();

    /// <summary>How long its handlers may take before it settles as <see cref="PendingStatus.TimedOut"/>.</summary>
    /// <value>Default <see langword="null"/>: the controller's <see cref="ControllerOptions.EventTimeout"/>.</value>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Which delivery of this event this is; read by handlers as <see cref="Session.Attempt"/>.</summary>
    /// <value>Default 1.</value>
    public int Attempt { get; init; } = 1;
}
