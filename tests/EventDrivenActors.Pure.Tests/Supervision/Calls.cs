using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Pure.Tests.Supervision;

/// <summary>Calls as the forwarder would make them, with nobody to hear of their outcome.</summary>
internal static class Calls
{
    public static OutstandingCall New(long id, bool idempotent = false, int attempt = 1) =>
        new UnheardCall(id, $"event-{id}", 0, idempotent, attempt);

    /// <summary>One of an object that lives in the child.</summary>
    public static OutstandingCall Bound(long id, HeldCalls child, int token = 1) =>
        new UnheardCall(id, $"call-{id}", token, idempotent: false, attempt: 1) { BoundTo = child };

    public static OutstandingCall Running(long id, double due) => Started(id, TimeSpan.FromSeconds(due));

    /// <summary>One that has started and has no limit.</summary>
    public static OutstandingCall Unlimited(long id) => Started(id, null);

    private static OutstandingCall Started(long id, TimeSpan? due)
    {
        OutstandingCall call = New(id);
        call.Started = true;
        call.Due = due;
        return call;
    }

    private sealed class UnheardCall(long id, string key, int token, bool idempotent, int attempt)
        : OutstandingCall(id, key, token, default, idempotent, attempt)
    {
        public override void Settle(EventOutcome outcome) { }
    }
}
