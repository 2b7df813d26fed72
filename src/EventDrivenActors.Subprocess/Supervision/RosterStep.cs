namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>A step that the roster asks for; it assumes that the step is taken.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Member">With which child; for <see cref="RosterStepKind.GiveUp"/> the last one that died.</param>
/// <param name="Until">For <see cref="RosterStepKind.Wait"/>, when to ask again if nothing happens; null for not at
/// all.</param>
internal readonly record struct RosterStep(RosterStepKind Kind, ChildMember? Member = null, TimeSpan? Until = null);
