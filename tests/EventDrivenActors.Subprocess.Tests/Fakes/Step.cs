namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>
/// The steps of the protocol in the order of a child's life. Those from <see cref="Cancel"/> on come when the parent
/// asks for them.
/// </summary>
public enum Step
{
    Spawn,
    StartMessage,
    Connect,
    Hello,
    Welcome,
    Associate,
    FirstEnvelope,
    Ready,
    DefineMethod,
    Call,
    Started,
    Raise,
    Settled,
    Ended,
    Cancel,
    Suspended,
    Acknowledge,
    Heartbeat,
    Drain,
    Close,
}
