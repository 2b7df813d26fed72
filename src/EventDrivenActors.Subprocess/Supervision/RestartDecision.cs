namespace EventDrivenActors.Subprocess.Supervision;

/// <summary>What to do about a dead child.</summary>
/// <param name="GiveUp">Whether no new one is started.</param>
/// <param name="Delay">How long to wait before the next one.</param>
internal readonly record struct RestartDecision(bool GiveUp, TimeSpan Delay);
