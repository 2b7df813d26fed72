namespace EventDrivenActors;

/// <summary>A typed result was awaited of an event that a hook or filter left out.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class EventSkippedException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
