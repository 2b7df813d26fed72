namespace EventDrivenActors;

/// <summary>A before or after hook threw; the message names it, and the inner exception is what it threw.</summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class HookFailedException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
