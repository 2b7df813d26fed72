namespace EventDrivenActors.Launch.Tests;

/// <summary>A parent that the system or its own pool tells nothing still sees that its child has died.</summary>
public sealed class BlindParentTests
{
    [Fact]
    public async Task Parent_WhosePoolIsStarved_SettlesWhatItsChildHad()
    {
        await using LaunchApp app = LaunchApp.Start(["starve"]);

        Assert.Equal(["ChildLost Killed"], await app.EndAsync());
    }

    [Fact]
    public async Task Parent_ThatWasStartedWithSigChildIgnored_SeesEachDeath()
    {
        await using LaunchApp app = LaunchApp.Run(
            "/bin/sh",
            [
                "-c",
                "trap '' CHLD; exec \"$@\"",
                "sh",
                LaunchApp.Dotnet,
                Path.Combine(LaunchApp.Folder, "EventDrivenActors.LaunchApp.dll"),
                "serve",
                "1000",
            ]
        );

        Assert.Equal("sum 3", await app.AskAsync("sum"));
        Assert.StartsWith("ChildLost", await app.AskAsync("exit"));
        Assert.Equal("sum 3", await app.AskAsync("sum"));
        Assert.Equal("killed", await app.AskAsync("kill"));
        Assert.Equal("sum 3", await app.AskAsync("sum"));
    }

    [Fact]
    public async Task Parent_ThatWasStopped_FindsItsChildAlive()
    {
        await using LaunchApp app = LaunchApp.Start(["serve", "1000"]);
        Assert.Equal("sum 3", await app.AskAsync("sum"));
        string child = await app.AskAsync("child");

        await Sandbox.StandStillAsync(app.ProcessId, TimeSpan.FromSeconds(12));

        Assert.Equal("sum 3", await app.AskAsync("sum"));
        Assert.Equal(child, await app.AskAsync("child"));
    }
}
