using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Transport;

namespace EventDrivenActors.Launch.Tests;

/// <summary>What a parent that was killed has left is removed by the next one; nothing else is.</summary>
public sealed class StaleFolderTests : IDisposable
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private static readonly long Start = ProcessStamp.StartOf(Environment.ProcessId);
    private readonly DirectoryInfo _root = Directory.CreateTempSubdirectory("launch-stale-");

    public void Dispose() => _root.Delete(recursive: true);

    [Fact]
    public async Task Folder_OfAProcessThatHasEnded_IsRemoved()
    {
        string ended = Make(await EndedAsync(), 1, ProcessStamp.Place);
        string earlier = Make(Environment.ProcessId, Start - 1, ProcessStamp.Place);

        StaleFolders.Sweep(_root.FullName);

        Assert.False(Directory.Exists(ended));
        Assert.False(Directory.Exists(earlier));
    }

    [Fact]
    public async Task Folder_ThatMayBeInUse_Stays()
    {
        int process = await EndedAsync();
        string[] all =
        [
            Make(Environment.ProcessId, Start, ProcessStamp.Place),
            Make(process, 1, ProcessStamp.Place + 1),
            Make(process, 1, ProcessStamp.Place, Owner | UnixFileMode.OtherRead),
            Path.Combine(_root.FullName, $"eda-{process}-0123456789abcdef01234567"),
            Path.Combine(_root.FullName, "eda-of-something-quite-different"),
        ];
        Array.ForEach(all, folder => Directory.CreateDirectory(folder));
        string link = Path.Combine(_root.FullName, $"{StaleFolders.NameOf(process, 2, ProcessStamp.Place)}-0000");
        Directory.CreateSymbolicLink(link, all[4]);

        StaleFolders.Sweep(_root.FullName);

        Assert.All([.. all, link], folder => Assert.True(Directory.Exists(folder), folder));
        Assert.Single(Directory.GetFiles(all[0]));
    }

    [Fact]
    public async Task NextParent_Sweeps()
    {
        string ended = Make(await EndedAsync(), 1, ProcessStamp.Place);
        await using LaunchApp app = LaunchApp.Start(
            ["serve", "1000"],
            start => start.Environment["TMPDIR"] = _root.FullName
        );

        Assert.Equal("sum 3", await app.AskAsync("sum"));

        Assert.False(Directory.Exists(ended));
        Assert.Empty(_root.GetDirectories("eda-*"));
    }

    [Fact]
    public void Folder_OfAListener_SaysWhoseItIs()
    {
        using ParentListener listener = new(_root.FullName);

        Assert.StartsWith(
            $"{StaleFolders.NameOf(Environment.ProcessId, Start, ProcessStamp.Place)}-",
            Assert.Single(_root.GetDirectories()).Name
        );
        Assert.NotEqual(0u, ProcessStamp.Place);
        Assert.NotEqual(0, Start);
    }

    private string Make(int processId, long start, uint place, UnixFileMode mode = Owner)
    {
        string folder = Path.Combine(
            _root.FullName,
            $"{StaleFolders.NameOf(processId, start, place)}-0123456789abcdef"
        );
        Directory.CreateDirectory(folder, mode);
        File.SetUnixFileMode(folder, mode);
        File.WriteAllText(Path.Combine(folder, "socket"), "");
        return folder;
    }

    private static async Task<int> EndedAsync()
    {
        await using LaunchApp ended = LaunchApp.Run("/bin/true", []);
        int process = ended.ProcessId;
        await ended.EndAsync();
        return process;
    }
}
