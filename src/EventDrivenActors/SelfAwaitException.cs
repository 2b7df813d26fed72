namespace EventDrivenActors;

/// <summary>A handler awaited something that can only happen after the handler itself has ended.</summary>
/// <param name="message">What happened and what to do, as a sentence.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class SelfAwaitException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
