namespace EventDrivenActors;

/// <summary>
/// The controller has closed: it takes no events until it is run again, and ended this one without a result.
/// </summary>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class ControllerClosedException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
