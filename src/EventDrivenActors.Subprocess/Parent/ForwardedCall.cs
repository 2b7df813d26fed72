using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>An event of the controller's loop that its child is to handle.</summary>
internal sealed class ForwardedCall(
    CallDispatcher dispatcher,
    DeferredEvent deferred,
    ProgressQueue? progress,
    long id,
    int token,
    ReadOnlyMemory<byte> payload,
    bool idempotent
) : OutstandingCall(id, deferred.Key, token, payload, idempotent, deferred.Options.Attempt)
{
    public override void Settle(EventOutcome outcome)
    {
        if (progress is null)
        {
            deferred.Settle(outcome);
        }
        else
        {
            progress.Settle(outcome);
        }
    }

    public void Cancel() => dispatcher.Cancel(this);
}
