namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Where a worker lives that has no process, no actor system and no thread of its own, as in a simulation.
/// </summary>
/// <param name="ProcessId">The number that stands for its process.</param>
/// <param name="Configure">Sets options of its runtime.</param>
internal sealed record SharedPlace(int ProcessId, Action<EventRuntimeOptions>? Configure = null);
