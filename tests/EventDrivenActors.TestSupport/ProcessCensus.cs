using System.Globalization;

namespace EventDrivenActors.TestSupport;

/// <summary>
/// The resources that a process holds at an instant, read from /proc. A later census shows leaks. Linux only.
/// </summary>
/// <param name="Descriptors">How many files, pipes and sockets are open.</param>
/// <param name="Threads">How many threads there are of each name; those of the thread pool and of the runtime come and
/// go, and are left out.</param>
/// <param name="Children">The child processes, including those that only wait to be reaped.</param>
/// <param name="SocketFolders">The folders of its children's sockets.</param>
public sealed record ProcessCensus(
    int Descriptors,
    IReadOnlyDictionary<string, int> Threads,
    IReadOnlyList<int> Children,
    IReadOnlyList<string> SocketFolders
)
{
    private static readonly string[] PassingThreads = [".NET TP", ".NET Tiered", ".NET BGC"];

    /// <summary>Counts the resources of a process, by default this one.</summary>
    public static ProcessCensus Take(int? processId = null)
    {
        int process = processId ?? Environment.ProcessId;
        return new ProcessCensus(
            Entries($"/proc/{process}/fd").Count,
            Entries($"/proc/{process}/task")
                .Select(task => Read($"{task}/comm").Trim())
                .Where(name =>
                    name.Length > 0
                    && !PassingThreads.Any(passing => name.StartsWith(passing, StringComparison.Ordinal))
                )
                .CountBy(name => name)
                .ToDictionary(),
            ChildrenOf(process),
            [
                .. new[] { "/tmp", Path.GetTempPath().TrimEnd('/') }
                    .Distinct()
                    .SelectMany(root => Entries(root, $"eda-{process}-*")),
            ]
        );
    }

    /// <summary>
    /// The processes of a session that still run. A child leads its own session, so those of its number are all that it
    /// has started.
    /// </summary>
    public static IReadOnlyList<int> MembersOfSession(int session) =>
        [.. All().Where(one => one.Session == session && !one.IsDead).Select(one => one.ProcessId)];

    /// <summary>A sentence for each resource of which there is more now than before.</summary>
    public IReadOnlyList<string> LeakedSince(ProcessCensus before)
    {
        List<string> leaks =
        [
            .. Threads
                .Where(thread => thread.Value > before.Threads.GetValueOrDefault(thread.Key))
                .Select(thread =>
                    $"{thread.Value} threads '{thread.Key}' instead of {before.Threads.GetValueOrDefault(thread.Key)}"
                ),
            .. Children
                .Except(before.Children)
                .Select(child => $"the child process {child} ({Read($"/proc/{child}/comm").Trim()})"),
            .. SocketFolders.Except(before.SocketFolders).Select(folder => $"the folder {folder}"),
        ];
        if (Descriptors > before.Descriptors)
        {
            leaks.Add($"{Descriptors} descriptors instead of {before.Descriptors}");
        }

        return leaks;
    }

    /// <summary>Waits until this process holds no more than before; fails with the list of leaks.</summary>
    public static async Task BackToAsync(ProcessCensus before)
    {
        using CancellationTokenSource hung = new(HangGuard.Limit);
        while (Take().LeakedSince(before) is { Count: > 0 } leaks)
        {
            Assert.False(hung.IsCancellationRequested, $"Still there: {string.Join("; ", leaks)}.");
            await Task.Delay(20);
        }
    }

    private static IReadOnlyList<int> ChildrenOf(int process) =>
        [.. All().Where(one => one.Parent == process).Select(one => one.ProcessId)];

    private static IEnumerable<(int ProcessId, bool IsDead, int Parent, int Session)> All()
    {
        foreach (string folder in Entries("/proc"))
        {
            if (
                int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process)
                && Read($"{folder}/stat") is { Length: > 0 } stat
            )
            {
                // The name, in brackets, may hold anything; after it come state, parent, group and session.
                string[] columns = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
                yield return (process, columns[0] is "Z" or "X", Number(columns[1]), Number(columns[3]));
            }
        }
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

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

    private static IReadOnlyList<string> Entries(string folder, string pattern = "*")
    {
        try
        {
            return Directory.GetFileSystemEntries(folder, pattern);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
