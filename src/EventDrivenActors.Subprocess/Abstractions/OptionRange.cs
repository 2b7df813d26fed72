namespace EventDrivenActors.Subprocess;

/// <summary>The ranges of a child's options.</summary>
internal static class OptionRange
{
    /// <exception cref="ArgumentException">The option has a value that it cannot have.</exception>
    public static void Require(bool holds, string option, object? value, string range)
    {
        if (!holds)
        {
            throw new ArgumentException($"The option {option} of the child process is '{value}'; it must be {range}.");
        }
    }
}
