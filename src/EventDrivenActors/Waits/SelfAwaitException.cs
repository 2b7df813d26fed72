namespace EventDrivenActors;

/// <summary>
/// A handler waited for something that can only come after the handler itself has ended, directly or through a chain of
/// controllers and pools that wait for each other.
/// </summary>
/// <remarks>
/// It is thrown at once, where the last of these waits begins; the other waits go on. The message names the chain.
/// Awaiting and blocking both count, also in tasks of the handler's flow: for pendings, room in a queue, idleness and
/// the end of a run. A time limit or a cancellation token does not make such a wait allowed. The exception is
/// <see cref="IController.ShutdownAsync"/>, which then returns at once. Where it cannot be seen whether a handler waits
/// for a task of its flow, as when it blocks its thread on the task, the exception comes within five seconds. So that
/// task, and not the handler, also gets it when a handler computes, or awaits something else, for longer than that
/// while such a task waits for the handler's own controller. Work that a handler has left running belongs to no handler
/// once that has ended.
/// </remarks>
/// <param name="message">A sentence that says what happened and how to mend it.</param>
/// <param name="innerException">The cause, if there is one.</param>
public sealed class SelfAwaitException(string message, Exception? innerException = null)
    : InvalidOperationException(message, innerException);
