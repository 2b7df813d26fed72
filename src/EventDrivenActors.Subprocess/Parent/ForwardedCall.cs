using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>An event of the controller's loop that its child is to handle.</summary>
internal sealed class ForwardedCall(
    ChildForwarder forwarder,
    DeferredEvent deferred,
    ReportQueue? reports,
    long id,
    int token,
    ReadOnlyMemory<byte> payload,
    bool idempotent
) : OutstandingCall(id, deferred.Key, token, payload, idempotent, deferred.Options.Attempt)
{
    public override void Settle(EventOutcome outcome)
    {
        if (reports is null)
        {
            deferred.Settle(outcome);
        }
        else
        {
            reports.Settle(outcome);
        }
    }

    public void Cancel() => forwarder.Cancel(this);
}
