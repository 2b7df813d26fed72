using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>The inputs of a child's start, for a child of any kind.</summary>
/// <param name="Settings">The parent's settings.</param>
/// <param name="Time">The parent's clock.</param>
/// <param name="OnOutput">Gets every line that the child writes, one at a time for each stream; must not block.</param>
internal sealed record ChildLaunch(SubprocessSettings Settings, TimeProvider Time, Action<OutputLine>? OnOutput);
