namespace EventDrivenActors;

/// <summary>
/// An event cannot cross to a child process: a type, its size, or a function that captures something.
/// </summary>
/// <param name="message">Names the member and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class PayloadRefusedException(string message, Exception? innerException = null)
    : ValueRefusedException(message, innerException);
