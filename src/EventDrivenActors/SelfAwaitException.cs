namespace EventDrivenActors;

/// <summary>A handler waited for something that can only come after the handler itself has ended, directly or through a chain of controllers and pools that wait for each other.</summary>
/// <remarks>
/// It is thrown where the last of these waits begins, at once; the others go on. The message names the chain. What awaits, blocks, or has its flow do so counts: pendings, room in a queue, idleness
/// and the end of a run. Time limits and cancellation do not make such a wait a good one, except <see cref="IController.ShutdownAsync"/>, which then returns at once.
/// Where it cannot be seen whether a handler waits for a task of its flow, as when it blocks its thread on it, the exception comes within five seconds. So it also comes, without any harm being done to the handler, when a
/// handler computes, or awaits something else, for longer than that while such a task waits for the handler's own controller. Work that a handler has left behind belongs to no handler once that has ended.
/// </remarks>
/// <param name="message">What happened and what to do, as a sentence.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class SelfAwaitException(string message, Exception? innerException = null) : InvalidOperationException(message, innerException);
