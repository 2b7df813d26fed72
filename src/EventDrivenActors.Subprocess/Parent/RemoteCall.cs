using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>A call that makes, calls or removes a remote object.</summary>
internal sealed class RemoteCall : OutstandingCall
{
    private readonly RemoteAnswer _answer;

    public RemoteCall(
        long id,
        string name,
        int token,
        ReadOnlyMemory<byte> payload,
        long objectId,
        SupervisedChild? child,
        RemoteAnswer answer
    )
        : base(id, name, token, payload, idempotent: false, attempt: 1)
    {
        _answer = answer;
        ObjectId = objectId;
        Child = child;
        BoundTo = child?.Member.Calls;
    }

    public long ObjectId { get; }

    /// <summary>
    /// The child that has the object; for one that is to be made, the child that makes it, once it was sent.
    /// </summary>
    public SupervisedChild? Child { get; set; }

    /// <summary>Whether it makes an object, in whichever child is next.</summary>
    public bool Makes => BoundTo is null;

    public override void Settle(EventOutcome outcome) => _answer.Settle(outcome);
}
