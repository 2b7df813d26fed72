namespace EventDrivenActors.Subprocess.Launching;

/// <summary>One line that a child wrote, escaped and shortened.</summary>
/// <param name="Text">The line without its end.</param>
/// <param name="IsError">True when it came from stderr.</param>
internal readonly record struct OutputLine(string Text, bool IsError);
