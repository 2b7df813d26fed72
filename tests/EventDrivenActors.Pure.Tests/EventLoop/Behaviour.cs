namespace EventDrivenActors.Pure.Tests.EventLoop;

/// <summary>What the handler of a scripted event does.</summary>
internal enum Behaviour
{
    Return,
    Suspend,
    Throw,
    Skip,
    Defer,

    /// <summary>Suspends with a time-out of <see cref="LoopScenario.EventTimeout"/>.</summary>
    SuspendTimed,

    /// <summary>Suspends, and ends as cancelled when its token has fired meanwhile.</summary>
    SuspendObeying,
}
