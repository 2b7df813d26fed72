using System.Diagnostics;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Transport;
using Xunit.Abstractions;

namespace EventDrivenActors.Launch.Tests;

/// <summary>The folder in which a child's socket is to be made cannot be used, or can no longer.</summary>
public sealed class SocketFolderTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("launch-folder-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public void Folder_Missing_IsNamedAndNotMade()
    {
        string missing = Path.Combine(_folder.FullName, "not", "there");

        ChildStartException failure = Assert.Throws<ChildStartException>(() => new ParentListener(missing));

        Assert.Contains($"'{missing}'", failure.Message);
        Assert.Contains("set TMPDIR", failure.Message);
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Folder_ThatIsAFile_IsNamed()
    {
        string file = Path.Combine(_folder.FullName, "file");
        File.WriteAllText(file, "");

        Assert.Contains($"'{file}'", Assert.Throws<ChildStartException>(() => new ParentListener(file)).Message);
    }

    [Fact]
    public void Folder_TooDeepForASocket_IsReplacedByTmp()
    {
        string deep = Path.Combine(_folder.FullName, new string('ü', 60));
        Directory.CreateDirectory(deep);

        using ParentListener listener = new(deep);

        Assert.StartsWith($"/tmp/eda-{Environment.ProcessId}-", listener.SocketPath);
        Assert.True(File.Exists(listener.SocketPath));
    }

    [Fact]
    public void Folder_InUse_BelongsToItsOwnerOnly()
    {
        using ParentListener listener = new(_folder.FullName);

        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute,
            File.GetUnixFileMode(Path.GetDirectoryName(listener.SocketPath)!)
        );
    }

    [Fact]
    public async Task Folder_ReadOnly_IsNamedInWhatThePendingSays()
    {
        await using LaunchApp app = await StartOnMountAsync("ro");
        string answer = Assert.Single(await app.EndAsync());

        output.WriteLine(answer);
        Assert.StartsWith("ChildLost", answer);
        Assert.Contains($"'{_folder.FullName}", answer);
        Assert.Contains("set TMPDIR", answer);
    }

    [Fact]
    public async Task Folder_Full_IsWaitedForAndUsedWhenThereIsRoom()
    {
        // Room for the folder's own entry and one more, while a socket and its folder are two.
        await using LaunchApp app = await StartOnMountAsync("nr_inodes=2", "serve", "1000");
        Assert.Equal("backing off", await app.AskAsync("backing off"));

        await Sandbox.RemountAsync(app.ProcessId, _folder.FullName, "nr_inodes=30");

        Assert.Equal("sum 3", await app.AskAsync("sum"));
        Assert.Empty(Directory.GetDirectories($"/proc/{app.ProcessId}/root{_folder.FullName}", "eda-*"));
    }

    private async Task<LaunchApp> StartOnMountAsync(string options, params string[] arguments)
    {
        string? refusal = await Sandbox.MountRefusalAsync();
        Assert.True(
            refusal is null,
            $"This machine lets nobody mount a folder of his own ({refusal}); run the tests as root."
        );
        return LaunchApp.Run(
            "unshare",
            Sandbox.WithMount(
                _folder.FullName,
                options,
                [LaunchApp.Dotnet, Path.Combine(LaunchApp.Folder, "EventDrivenActors.LaunchApp.dll"), .. arguments]
            ),
            start => Surround(start, _folder.FullName)
        );
    }

    private static void Surround(ProcessStartInfo start, string folder)
    {
        start.Environment["TMPDIR"] = folder;
        // The runtime's own sockets would take room as well.
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
    }
}
