namespace EventDrivenActors.Subprocess.Launching;

/// <summary>Starts a child; called once for each incarnation, by a thread that may wait.</summary>
/// <exception cref="ChildStartException">It cannot be started.</exception>
internal delegate IChildProcess ChildLauncher(ChildLaunch launch);
