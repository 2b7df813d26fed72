namespace EventDrivenActors.Simulation.Notes;

internal enum NoteKind
{
    /// <summary>A node is made. Text: its state.</summary>
    Made,

    /// <summary>
    /// A dispatch begins (it may wait for room). Text: the <c>StepKind</c>, or <c>Handler</c>, <c>Raise</c>; Token.
    /// </summary>
    Offered,

    /// <summary>
    /// An event was accepted. Text as of <see cref="Offered"/>; Token. Count: its own time-out in ms, 0 for none.
    /// </summary>
    Accepted,

    /// <summary>A dispatch threw. Text: the exception's type and message.</summary>
    Refused,

    /// <summary>A client or a token cancels an accepted event. Written before the call.</summary>
    CancelAsked,

    /// <summary>
    /// A handler of an event begins to act. Text: <c>Shape</c>. Written where it runs, so also by a child.
    /// </summary>
    Started,

    /// <summary>The handler has ended. Text: <c>Returned</c>, <c>Threw X</c>, <c>Skipped</c>.</summary>
    Ended,

    /// <summary>The handler has seen its token fire.</summary>
    TokenFired,

    /// <summary>
    /// An accepted event settled; a callback writes the note at that moment. Text: the status, and the type and message
    /// of an exception. Count: how many results.
    /// </summary>
    Settled,

    /// <summary>A pending changed after it had settled, or settled twice.</summary>
    SettledAgain,

    /// <summary>
    /// A handler awaits another event (Token), or idle, or an end. Event: the event whose handler waits; Text: the kind
    /// of wait; Count: the acceptance that it waits for; Node: the node that it waits for; Worker: the worker that
    /// waits.
    /// </summary>
    WaitBegun,

    /// <summary>Text: <c>ended</c>, or the exception's type and message. Same Token.</summary>
    WaitEnded,

    /// <summary>
    /// A client calls something that is not a dispatch. Text: the <c>StepKind</c> and its amount; Token; Count: the
    /// amount.
    /// </summary>
    CallBegun,

    /// <summary>
    /// The call returned, or its task ended. Text: its <c>StepKind</c>, then <c>ended</c>, a report, or an exception's
    /// type and message; Count: what <c>Clean</c> returned.
    /// </summary>
    CallEnded,

    /// <summary>
    /// The handler of a listener received a forwarded event. Text: the source; Event, Work: of the source's event, if
    /// known.
    /// </summary>
    Forwarded,

    /// <summary><c>Error</c> was handled. Text: the exception's type and message.</summary>
    ErrorHeard,

    /// <summary>An event without a handler was handled by <c>Otherwise</c>.</summary>
    OtherwiseHeard,

    /// <summary>A timer's tick was handled. Count: the misses so far.</summary>
    Tick,

    /// <summary>A start, an exit or a fault of a child, as the text says.</summary>
    ChildNews,

    /// <summary>The simulator moved the clock as if the machine had slept. Count: by how many ms.</summary>
    Jumped,

    /// <summary>At an instant when nothing can run: Text the state, Count 1 if it says that it is idle.</summary>
    Quiet,

    /// <summary>The program's clients have ended; what follows is the end of the world.</summary>
    ClientsEnded,

    /// <summary>The world disposes of the runtime, which no veto stops.</summary>
    RuntimeEnds,

    /// <summary>Something is left after the end. Text: its kind; Count: how many.</summary>
    Left,

    /// <summary>Code of the program itself has seen a broken promise. Text: the promise, then a sentence.</summary>
    Broken,

    /// <summary>A line of the library's log. Text: its level and message.</summary>
    Logged,
}
