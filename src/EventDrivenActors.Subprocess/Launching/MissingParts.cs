namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// Recognizes a child that could not run because a part of the application or the runtime is missing, by what the .NET
/// host or the runtime wrote.
/// </summary>
/// <remarks>The host's exit codes do not tell: cut to one byte, they look like the codes of signals.</remarks>
internal static class MissingParts
{
    private static readonly string[] HostsWords =
    [
        "An assembly specified in the application dependencies manifest",
        "You must install or update .NET to run this application",
        "You must install .NET to run this application",
        "required to execute the application was not found",
        "The application to execute does not exist",
        "does not exist: '",
        "The specified runtimeconfig.json",
        "The specified deps.json",
    ];

    /// <summary>The missing part, in the words of the host; null when the end had another reason.</summary>
    public static string? Of(ChildExit exit)
    {
        string[] lines = [.. exit.LastErrorLines.Select(line => line.Trim()).Where(line => line.Length > 0)];
        for (int at = 0; at < lines.Length; at++)
        {
            if (HostsWords.Any(words => lines[at].Contains(words, StringComparison.Ordinal)))
            {
                return string.Join(' ', lines.Skip(at).Take(4));
            }

            if (
                lines[at].Contains("Could not load file or assembly", StringComparison.Ordinal)
                && lines[at].Contains("cannot find the file", StringComparison.Ordinal)
            )
            {
                return lines[at];
            }
        }
        return null;
    }
}
