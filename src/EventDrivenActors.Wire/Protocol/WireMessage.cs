namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// A message between the two processes: a closed set. Payloads are opaque bytes here; a decoded message's payload
/// is a slice of the buffer that it was decoded from, which must not be reused while the message lives.
/// </summary>
internal abstract record WireMessage
{
    private WireMessage() { }

    /// <summary>
    /// Parent to child: run an event (token 0) or a defined method (token above 0). A time-out of 0 means that of the
    /// child's options. Its start is marked in the slot.
    /// </summary>
    internal sealed record Call(
        long Id,
        int Token,
        ReadOnlyMemory<byte> Payload,
        int Attempt,
        long TimeoutTicks,
        bool WantsProgress = false,
        int Slot = 0
    ) : WireMessage;

    /// <summary>Parent to child: one progress value of a call has been delivered.</summary>
    internal sealed record ProgressTaken(long Id) : WireMessage;

    /// <summary>
    /// Parent to child: how many raised events have been taken in all; while the queue is full no more may be raised.
    /// </summary>
    internal sealed record RaiseTaken(long Taken, bool Full) : WireMessage;

    /// <summary>Child to parent: a handler of the call reports progress; comes before the call settles.</summary>
    internal sealed record Progress(long Id, ReadOnlyMemory<byte> Payload) : WireMessage;

    /// <summary>Parent to child: from here on <paramref name="Token"/> stands for <paramref name="Method"/>.</summary>
    internal sealed record DefineMethod(int Token, MethodReference Method) : WireMessage;

    /// <summary>
    /// Parent to child: cancel a call, started or not. It is the call with this number among all that the child is
    /// sent, from 1, and may still be on its way.
    /// </summary>
    internal sealed record Cancel(long Id, long Number) : WireMessage;

    /// <summary>
    /// Parent to child: of the first so many calls that the child was sent, also of those still on their way, cancel
    /// those that have not started.
    /// </summary>
    internal sealed record Withdraw(long Calls) : WireMessage;

    /// <summary>Parent to child: start no more calls.</summary>
    internal sealed record Suspend : WireMessage;

    /// <summary>Parent to child: start calls again.</summary>
    internal sealed record Resume : WireMessage;

    /// <summary>Parent to child: finish what was accepted within the deadline, then leave.</summary>
    internal sealed record Drain(long DeadlineMs) : WireMessage;

    /// <summary>
    /// Parent to child: from here on <paramref name="Token"/> stands for objects of an implementation of an
    /// interface, both given by name.
    /// </summary>
    internal sealed record DefineObject(int Token, string Interface, string Implementation) : WireMessage;

    /// <summary>
    /// Parent to child: from here on <paramref name="Token"/> stands for a member of the interface of
    /// <paramref name="ObjectToken"/>.
    /// </summary>
    internal sealed record DefineMember(int Token, int ObjectToken, MethodReference Member) : WireMessage;

    /// <summary>
    /// Parent to child: make an object (the token of a <see cref="DefineObject"/>), call it (that of a
    /// <see cref="DefineMember"/>), or remove it (token 0). Calls of one object run one at a time, in order. Answered
    /// as a <see cref="Call"/>.
    /// </summary>
    internal sealed record ObjectCall(
        long Id,
        long ObjectId,
        int Token,
        ReadOnlyMemory<byte> Payload,
        long TimeoutTicks,
        int Slot = 0
    ) : WireMessage;

    /// <summary>Child to parent: set up and waiting for calls.</summary>
    internal sealed record Ready(int ProcessId) : WireMessage;

    /// <summary>Child to parent: the user's set-up failed; the child ends.</summary>
    internal sealed record SetupFailed(RemoteFailure Failure) : WireMessage;

    /// <summary>Child to parent: the first hook or handler of the call is about to be entered.</summary>
    internal sealed record Started(long Id) : WireMessage;

    /// <summary>
    /// Child to parent: the one final state of a call. The payload holds the results; it is empty unless the call
    /// completed.
    /// </summary>
    internal sealed record Settled(long Id, OutcomeKind Kind, ReadOnlyMemory<byte> Payload, RemoteFailure? Failure)
        : WireMessage;

    /// <summary>Child to parent: the handler of a call that had settled as timed out has really ended.</summary>
    internal sealed record Ended(long Id) : WireMessage;

    /// <summary>
    /// Child to parent: after <see cref="Suspend"/>, nothing starts any more; every start before it has been said.
    /// </summary>
    internal sealed record Suspended : WireMessage;

    /// <summary>
    /// Child to parent: it was asked by SIGTERM to end, and starts nothing more; every start before it has been said.
    /// Running calls may still settle; all others belong to the parent again.
    /// </summary>
    internal sealed record Leaving : WireMessage;

    /// <summary>Child to parent: an event of the child's log. Texts only: it holds no user types.</summary>
    internal sealed record Logged(ChildLogLevel Level, string Source, string Text, RemoteFailure? Cause) : WireMessage;

    /// <summary>
    /// Child to parent: dispatch this event in the parent's loop. At most <see cref="RaiseWindow.Most"/> come before
    /// they are taken.
    /// </summary>
    internal sealed record Raise(ReadOnlyMemory<byte> Payload) : WireMessage;
}
