using System.Globalization;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Chaos.Recording;

/// <summary>What /proc says of processes, and signals to them.</summary>
internal static partial class Processes
{
    public const int SigKill = 9;
    public const int SigTerm = 15;
    public const int SigCont = 18;
    public const int SigStop = 19;

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    public static partial int Signal(int processId, int signal);

    /// <summary>Whether a process is there and not only waiting to be reaped.</summary>
    public static bool IsAlive(int processId) => Stat(processId) is [var state, ..] && state is not ("Z" or "X");

    /// <summary>The living children of a process.</summary>
    public static IReadOnlyList<int> ChildrenOf(int processId) =>
        [.. All().Where(process => Stat(process) is [not ("Z" or "X"), var parent, ..] && Is(parent, processId))];

    /// <summary>The living children of a process that are workers: not the shell that guards them.</summary>
    public static IReadOnlyList<int> WorkersOf(int processId) =>
        [.. ChildrenOf(processId).Where(child => Read($"/proc/{child}/comm").Trim() != "sh")];

    /// <summary>
    /// The living processes that were started with a variable of that value: children, and all that they have started.
    /// </summary>
    public static IReadOnlyList<int> With(string variable, string value) =>
        [
            .. All()
                .Where(process =>
                    IsAlive(process) && Read($"/proc/{process}/environ").Split('\0').Contains($"{variable}={value}")
                ),
        ];

    /// <summary>
    /// The living members of the session that a process leads or led: itself and what its handlers have started.
    /// </summary>
    public static IReadOnlyList<int> SessionOf(int processId) =>
        [
            .. All()
                .Where(process => Stat(process) is [not ("Z" or "X"), _, _, var session, ..] && Is(session, processId)),
        ];

    /// <summary>How many descriptors this process has open.</summary>
    public static int Descriptors() => Directory.GetFileSystemEntries("/proc/self/fd").Length;

    /// <summary>How many threads this process has.</summary>
    public static int Threads() => Directory.GetDirectories("/proc/self/task").Length;

    /// <summary>Waits until a condition holds, and no longer than <paramref name="patience"/>.</summary>
    /// <returns>Whether it holds.</returns>
    public static async Task<bool> UntilAsync(Func<bool> condition, TimeSpan patience)
    {
        long began = TimeProvider.System.GetTimestamp();
        while (!condition())
        {
            if (TimeProvider.System.GetElapsedTime(began) > patience)
            {
                return condition();
            }

            await Task.Delay(2);
        }

        return true;
    }

    private static IEnumerable<int> All() =>
        Directory
            .EnumerateDirectories("/proc")
            .Select(path => int.TryParse(Path.GetFileName(path), out int id) ? id : 0)
            .Where(id => id > 0);

    private static bool Is(string field, int processId) => int.Parse(field, CultureInfo.InvariantCulture) == processId;

    /// <summary>State, parent, group, session, and what follows.</summary>
    private static string[] Stat(int processId)
    {
        string stat = Read($"/proc/{processId}/stat");
        return stat.Length == 0 ? [] : stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
    }

    private static string Read(string path)
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
