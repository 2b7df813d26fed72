namespace EventDrivenActors.TestKit.Children;

/// <summary>The kinds of faults of a simulated child.</summary>
internal enum SimulatedFaultKind
{
    /// <summary>The child is killed before the message, which it neither sends nor handles.</summary>
    DieBefore,

    /// <summary>
    /// The child is killed right after the message. Everything that it had sent arrives, before or after the parent
    /// sees its end.
    /// </summary>
    DieAfter,

    /// <summary>The child is killed after it has sent this many bytes; a frame may be cut.</summary>
    DieAtSentByte,

    /// <summary>The child is killed after it has received this many bytes; a frame may be cut.</summary>
    DieAtReceivedByte,

    /// <summary>
    /// The child freezes at the message, for this many virtual milliseconds; 0 for good. The message is sent or handled
    /// only when the child goes on.
    /// </summary>
    Freeze,

    /// <summary>
    /// From the message on, the child's thread pool is stuck, as its heartbeats show: it receives messages and starts
    /// nothing, for this many virtual milliseconds; 0 for good.
    /// </summary>
    Starve,

    /// <summary>The next child fails to start.</summary>
    FailToStart,

    /// <summary>The child exits before the message, with the amount as its exit code.</summary>
    ExitBefore,

    /// <summary>
    /// The message, and those after it in its direction, arrive no earlier than after this many virtual milliseconds.
    /// </summary>
    Late,

    /// <summary>The message arrives twice.</summary>
    Doubled,

    /// <summary>
    /// Before the message, the child sends something that it must not; the amount is a <see cref="SimulatedForgery"/>.
    /// </summary>
    Forged,

    /// <summary>
    /// The child is killed right after the message. Bytes that it had sent and that have not arrived by then arrive
    /// this many virtual milliseconds after the end of the child; with a negative amount, never.
    /// </summary>
    LateAfterDeath,
}
