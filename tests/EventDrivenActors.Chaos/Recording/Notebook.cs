using System.Diagnostics;
using System.Globalization;
using System.Text;
using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Recording;

/// <summary>
/// Where the handlers of a child note what they do: a file that only this process appends to, each note one write, so
/// that it survives a SIGKILL.
/// </summary>
internal static class Notebook
{
    /// <summary>The environment variable that names the folder; only children have it.</summary>
    public const string FolderVariable = "CHAOS_NOTES";

    private static readonly Lock Gate = new();
    private static readonly FileStream? File = Open();

    /// <summary>Whether this process is a child of a chaos run.</summary>
    public static bool IsChild => File is not null;

    public static void Write(NoteKind kind, long eventId, int attempt)
    {
        byte[] line = Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"{(int)kind} {eventId} {attempt} {Stopwatch.GetTimestamp()}\n")
        );
        lock (Gate)
        {
            File?.Write(line);
        }
    }

    /// <summary>
    /// Reads what all children have noted in a folder. A line that its writer did not end does not count.
    /// </summary>
    public static IReadOnlyList<Note> Read(string folder) =>
        [
            .. new DirectoryInfo(folder)
                .EnumerateFiles()
                .SelectMany(file =>
                {
                    int process = int.Parse(file.Name, CultureInfo.InvariantCulture);
                    string[] lines = System.IO.File.ReadAllText(file.FullName).Split('\n');
                    return lines.SkipLast(1).Select(line => Parse(process, line.Split(' ')));
                }),
        ];

    private static Note Parse(int process, string[] parts) =>
        new(
            (NoteKind)int.Parse(parts[0], CultureInfo.InvariantCulture),
            long.Parse(parts[1], CultureInfo.InvariantCulture),
            process,
            int.Parse(parts[2], CultureInfo.InvariantCulture),
            long.Parse(parts[3], CultureInfo.InvariantCulture)
        );

    private static FileStream? Open() =>
        Environment.GetEnvironmentVariable(FolderVariable) is { } folder
            ? new FileStream(
                Path.Combine(folder, $"{Environment.ProcessId}"),
                FileMode.Append,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0
            )
            : null;
}
