using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What a chaos run did and saw; <see cref="CheckAsync"/> holds it to the contract.</summary>
public sealed class History : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("history-");
    private readonly List<(int Number, Pending Pending, bool Idempotent)> _events = [];

    /// <summary>How many events ended in each way.</summary>
    public IEnumerable<string> Summary =>
        _events.GroupBy(one => one.Pending.Status).Select(group => $"{group.Key}: {group.Count()}");

    /// <summary>Where children note what they run: a note outlives the process that has made it.</summary>
    public string Folder => _folder.FullName;

    /// <summary>Called in the child, by one handler at a time.</summary>
    public static void Note(string folder, int number) =>
        File.AppendAllText(Path.Combine(folder, $"{Environment.ProcessId}"), $"{number}\n");

    public void Dispose() => _folder.Delete(recursive: true);

    public void Dispatched(int number, Pending pending, bool idempotent) => _events.Add((number, pending, idempotent));

    /// <summary>Waits until every event has settled, which a lost one never does.</summary>
    public async Task SettledAsync()
    {
        foreach ((int _, Pending pending, bool _) in _events)
        {
            await pending.StatusAsync();
        }
    }

    public async Task CheckAsync()
    {
        ILookup<int, int> runs = _folder
            .EnumerateFiles()
            .SelectMany(file => File.ReadLines(file.FullName))
            .ToLookup(int.Parse, int.Parse);
        foreach ((int number, Pending pending, bool idempotent) in _events)
        {
            string what = $"event {number}, {pending.Status}, ran {runs[number].Count()} times";
            Assert.True(pending.IsSettled, what);
            switch (pending.Status)
            {
                case PendingStatus.Completed:
                    Assert.Equal([number], await pending);
                    Assert.True(idempotent ? runs.Contains(number) : runs[number].Count() == 1, what);
                    break;
                case PendingStatus.Cancelled:
                    Assert.False(runs.Contains(number), what);
                    break;
                case PendingStatus.ChildLost:
                    Assert.False(idempotent, what);
                    Assert.InRange(runs[number].Count(), 0, 1);
                    break;
                default:
                    Assert.Fail(what);
                    break;
            }
        }
    }
}
