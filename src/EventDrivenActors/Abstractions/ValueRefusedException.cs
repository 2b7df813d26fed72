namespace EventDrivenActors;

/// <summary>A value was given to code that cannot take it.</summary>
/// <param name="message">Names the value and the remedy.</param>
/// <param name="innerException">The cause, if there is one.</param>
public class ValueRefusedException(string message, Exception? innerException = null)
    : ArgumentException(message, innerException);
