using EventDrivenActors.TestSupport;
using Xunit.Abstractions;

namespace EventDrivenActors.Launch.Tests;

/// <summary>
/// The parent runs out of descriptors or processes while its child dies, and goes on when there are some again.
/// </summary>
public sealed class ShortageTests(ITestOutputHelper output) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("launch-shortage-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task Descriptors_Exhausted_AreWaitedForAndNoneIsLost()
    {
        await using LaunchApp app = LaunchApp.Start(["serve", "1000"]);
        await RecoversAsync(app, "Max open files", "nofile", null);
    }

    [Fact]
    public async Task Processes_Exhausted_AreWaitedFor()
    {
        // The limit does not bind root, so the app runs as somebody else, from a folder that he can read.
        Assert.True(Sandbox.IsRoot, "Only root can start a program as another user; run the tests as root.");
        CopyFiles(LaunchApp.Folder, _folder.FullName);
        File.SetUnixFileMode(
            _folder.FullName,
            UnixFileMode.UserRead
                | UnixFileMode.UserWrite
                | UnixFileMode.UserExecute
                | UnixFileMode.OtherRead
                | UnixFileMode.OtherExecute
        );
        await using LaunchApp app = LaunchApp.Run(
            LaunchApp.Dotnet,
            [Path.Combine(_folder.FullName, "EventDrivenActors.LaunchApp.dll"), "serve", "1000"],
            start =>
            {
                start.UserName = Sandbox.Stranger;
                start.WorkingDirectory = "/";
            }
        );
        await RecoversAsync(app, "Max processes", "nproc", Sandbox.Stranger);
    }

    private async Task RecoversAsync(LaunchApp app, string name, string resource, string? user)
    {
        Assert.Equal("sum 3", await app.AskAsync("sum"));
        Assert.Equal("killed", await app.AskAsync("kill"));
        Assert.Equal("sum 3", await app.AskAsync("sum"));
        ProcessCensus before = ProcessCensus.Take(app.ProcessId);
        string old = Sandbox.LimitOf(app.ProcessId, name);
        await Sandbox.LimitAsync(app.ProcessId, resource, "1", user);

        Assert.Equal("killed", await app.AskAsync("kill"));
        Assert.Equal("backing off", await app.AskAsync("backing off"));
        string starved = await app.AskAsync("child");
        await Sandbox.LimitAsync(app.ProcessId, resource, old, user);

        Assert.Equal("sum 3", await app.AskAsync("sum"));
        output.WriteLine($"{starved}, then {await app.AskAsync("child")}");
        Assert.DoesNotContain(" Ready", starved);
        await BackToAsync(app.ProcessId, before);
    }

    /// <summary>One child takes the place of another, so the processes differ.</summary>
    private static async Task BackToAsync(int process, ProcessCensus before)
    {
        using CancellationTokenSource hung = new(HangGuard.Limit);
        while (
            ProcessCensus.Take(process) is var now
            && now.Descriptors > before.Descriptors
                | now.Children.Count > before.Children.Count
                | now.SocketFolders.Count > 0
        )
        {
            Assert.False(hung.IsCancellationRequested, string.Join("; ", now.LeakedSince(before)));
            await Task.Delay(20);
        }
    }

    private static void CopyFiles(string from, string to)
    {
        foreach (string file in Directory.EnumerateFiles(from))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
