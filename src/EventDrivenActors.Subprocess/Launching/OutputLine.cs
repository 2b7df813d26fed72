namespace EventDrivenActors.Subprocess.Launching;

/// <summary>One line that a child wrote, escaped and shortened.</summary>
/// <param name="ProcessId">The child's process, which may not be connected yet.</param>
/// <param name="Text">The line without its end.</param>
/// <param name="IsError">True when it came from stderr.</param>
internal readonly record struct OutputLine(int ProcessId, string Text, bool IsError);
