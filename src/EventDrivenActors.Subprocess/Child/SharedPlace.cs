namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// The place of a child that shares process, actor system and threads with others, as in a simulation.
/// </summary>
/// <param name="ProcessId">The number that stands for its process.</param>
/// <param name="Configure">Sets options of its runtime.</param>
internal sealed record SharedPlace(int ProcessId, Action<EventRuntimeOptions>? Configure = null);
