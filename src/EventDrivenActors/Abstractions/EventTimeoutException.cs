namespace EventDrivenActors;

/// <summary>The handlers of an awaited event took longer than allowed.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class EventTimeoutException(string message, Exception? innerException = null)
    : TimeoutException(message, innerException);
