namespace EventDrivenActors.Subprocess.Launching;

/// <summary>How a child process ended: by an exit code or by a signal, never both.</summary>
/// <param name="ExitCode">The code it returned; null when a signal ended it.</param>
/// <param name="Signal">The number of the signal that ended it; null when it returned a code.</param>
/// <param name="LastErrorLines">The last lines of its stderr, escaped and shortened, oldest first.</param>
internal sealed record ChildExit(int? ExitCode, int? Signal, IReadOnlyList<string> LastErrorLines)
{
    private const int SignalBase = 128;
    private const int LastSignal = 64;

    /// <summary>Translates what <see cref="System.Diagnostics.Process.ExitCode"/> says.</summary>
    /// <remarks>.NET reports a signal n as 128 + n, so a child that returns such a number itself cannot be told from one that was signalled.</remarks>
    public static ChildExit From(int reported, IReadOnlyList<string> lastErrorLines) =>
        !OperatingSystem.IsWindows() && reported is > SignalBase and <= SignalBase + LastSignal
            ? new ChildExit(null, reported - SignalBase, lastErrorLines)
            : new ChildExit(reported, null, lastErrorLines);

    /// <summary>The exit in words, with the last lines of stderr.</summary>
    public override string ToString()
    {
        var how = Signal is { } signal ? $"ended by signal {signal}" : $"exited with code {ExitCode}";
        return LastErrorLines.Count == 0 ? $"{how}, nothing on stderr" : $"{how}, last on stderr: {string.Join(" | ", LastErrorLines)}";
    }
}
