namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>What the roster asks for; it assumes that this is done.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Member">With which child; for <see cref="RosterStepKind.GiveUp"/> the last one that died.</param>
/// <param name="Until">For <see cref="RosterStepKind.Wait"/>, when to ask again if nothing happens; null for not at
/// all.</param>
internal readonly record struct RosterStep(RosterStepKind Kind, ChildMember? Member = null, TimeSpan? Until = null);
