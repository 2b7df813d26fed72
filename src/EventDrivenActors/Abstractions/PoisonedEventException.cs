namespace EventDrivenActors;

/// <summary>An event was delivered as often as allowed and none of the deliveries ended.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="attempts">How many times it was delivered.</param>
/// <param name="innerException">How the last delivery ended.</param>
public sealed class PoisonedEventException(string message, int attempts, Exception? innerException = null)
    : InvalidOperationException(message, innerException)
{
    /// <summary>How many times the event was delivered.</summary>
    public int Attempts { get; } = attempts;
}
