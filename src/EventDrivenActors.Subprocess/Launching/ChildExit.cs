namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// How a child process ended: by an exit code or by a signal, never both; neither where no code could wait for it.
/// </summary>
/// <param name="ExitCode">The code it returned; null when a signal ended it.</param>
/// <param name="Signal">The number of the signal that ended it; null when it returned a code.</param>
/// <param name="LastErrorLines">The last lines of its stderr, escaped and shortened, oldest first.</param>
internal sealed record ChildExit(int? ExitCode, int? Signal, IReadOnlyList<string> LastErrorLines)
{
    /// <summary>The exit code of a child that was refused.</summary>
    public const int Refused = 76;

    /// <summary>
    /// The exit code of a child that met another process on its socket: the next one may meet its parent.
    /// </summary>
    public const int MetStranger = 77;

    /// <summary>The exit code of a child that was asked to end by SIGTERM and has done so itself.</summary>
    public const int Terminated = SignalBase + Native.SigTerm;

    private const int SignalBase = 128;
    private const int LastSignal = 64;
    private const int ToldLines = 3;
    private const int ToldLength = 300;

    /// <summary>
    /// The line with which the runtime said why it ends, which its stack may have pushed out of the last lines; null
    /// when there was none.
    /// </summary>
    public string? Reason { get; init; }

    /// <summary>Translates what <see cref="System.Diagnostics.Process.ExitCode"/> says.</summary>
    /// <remarks>
    /// .NET reports a signal n as 128 + n, so a child that returns such a number itself cannot be told from one that
    /// was signalled.
    /// </remarks>
    public static ChildExit From(int reported, IReadOnlyList<string> lastErrorLines) =>
        !OperatingSystem.IsWindows() && reported is > SignalBase and <= SignalBase + LastSignal
            ? new ChildExit(null, reported - SignalBase, lastErrorLines)
            : new ChildExit(reported, null, lastErrorLines);

    /// <summary>The exit in words, with the most useful lines of stderr, and without stack traces.</summary>
    public override string ToString()
    {
        string how =
            Signal is { } signal ? $"ended by signal {signal}"
            : ExitCode is { } code ? $"exited with code {code}"
            : "ended in a way that is not known, because this process ignores SIGCHLD or other code in it has waited "
                + "for the child";
        if (LastErrorLines.Count == 0)
        {
            return $"{how}, nothing on stderr";
        }

        string[] words = [.. LastErrorLines.Where(line => !IsOfAStack(line.AsSpan().Trim()))];
        string[] told = words.Length == 0 ? [LastErrorLines[^1]] : words[^Math.Min(words.Length, ToldLines)..];
        if (Reason is not null && !told.Contains(Reason))
        {
            told = [Reason, .. told];
        }

        return $"{how}, last on stderr: "
            + $"{string.Join(" | ", told.Select(line => line.Length > ToldLength ? line[..ToldLength] + '…' : line))}";
    }

    private static bool IsOfAStack(ReadOnlySpan<char> line) =>
        line.StartsWith("at ") || line.StartsWith("--- End of ") || line.StartsWith("-----") || line.IsEmpty;
}
