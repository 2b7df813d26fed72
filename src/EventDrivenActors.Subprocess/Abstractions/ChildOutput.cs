namespace EventDrivenActors;

/// <summary>A line that a child process wrote.</summary>
/// <param name="ProcessId">The child.</param>
/// <param name="Text">The line, control characters and marks of direction escaped, shortened to 4 KiB.</param>
/// <param name="IsError">Whether it came on the standard error.</param>
public sealed record ChildOutput(int ProcessId, string Text, bool IsError);
