namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>What can be done with a child.</summary>
internal enum RosterStepKind
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>It takes events from now on.</summary>
    Activate,

    /// <summary>Ask it to leave.</summary>
    Leave,

    /// <summary>Kill it.</summary>
    Kill,

    /// <summary>
    /// No child is left and none may be started: the controller fails, once what the last one had is settled.
    /// </summary>
    GiveUp,
}
