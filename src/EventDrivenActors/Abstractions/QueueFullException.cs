namespace EventDrivenActors;

/// <summary>An event was dispatched to a controller whose queue is full.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class QueueFullException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
