namespace EventDrivenActors.Chaos.Checking;

/// <summary>
/// What was done to a run, beyond what its events did themselves: it allows endings that nothing else explains.
/// </summary>
[Flags]
internal enum Injected
{
    Nothing = 0,

    /// <summary>A shutdown in which queued events are cancelled.</summary>
    Finish = 1,

    /// <summary>A shutdown in which running events are cancelled too.</summary>
    Abort = 2,

    /// <summary>The controller gave up: what it had is lost, whatever it was.</summary>
    Failed = 4,

    /// <summary>The actor system was ended by its host.</summary>
    HostEnded = 8,

    /// <summary>
    /// A drain met its deadline while events were still ending: the machine was too slow for it, and what was left was
    /// cancelled.
    /// </summary>
    Overload = 16,
}
