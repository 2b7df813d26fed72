namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>The kinds of steps that the roster can ask for.</summary>
internal enum RosterStepKind
{
    /// <summary>Start it.</summary>
    Start,

    /// <summary>Ask it to leave.</summary>
    Leave,

    /// <summary>Kill it.</summary>
    Kill,

    /// <summary>
    /// No child is left and none may be started: the controller fails, once the calls of the last one have settled.
    /// </summary>
    GiveUp,

    /// <summary>Nothing more for now.</summary>
    Wait,
}
