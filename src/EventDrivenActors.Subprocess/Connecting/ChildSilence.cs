using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>A silence of a child, and its meaning.</summary>
/// <param name="ProcessId">The child's process, which may not be connected yet.</param>
/// <param name="Sign">The meaning of the silence.</param>
/// <param name="Length">How long it has been so far.</param>
/// <param name="Starved">How long the child's thread pool had taken no work when the child was last heard; zero when it
/// had.</param>
internal readonly record struct ChildSilence(
    int ProcessId,
    SilenceSign Sign,
    TimeSpan Length,
    TimeSpan Starved = default
);
