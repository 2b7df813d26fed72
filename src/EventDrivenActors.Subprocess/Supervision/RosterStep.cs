namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>What the roster asks for; it assumes that this is done.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Member">With which child; null when all is given up.</param>
internal readonly record struct RosterStep(RosterStepKind Kind, ChildMember? Member);
