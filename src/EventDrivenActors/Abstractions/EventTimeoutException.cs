namespace EventDrivenActors;

/// <summary>The handlers of an awaited event took longer than allowed.</summary>
/// <param name="message">What happened and what to do, as a sentence.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class EventTimeoutException(string message, Exception? innerException = null)
    : TimeoutException(message, innerException);
