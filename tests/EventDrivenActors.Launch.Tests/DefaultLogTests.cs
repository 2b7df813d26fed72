namespace EventDrivenActors.Launch.Tests;

/// <summary>What a program that sets nothing shows of its child.</summary>
public sealed class DefaultLogTests
{
    [Fact]
    public async Task LineOfAChild_IsShownOnce_AndNothingElseIs()
    {
        await using LaunchApp app = LaunchApp.Start(["by default"]);

        string shown = await app.AskAsync("hello");

        Assert.Matches(@"^\[INFO\].*\[child \d+(, 'say' \d+)?\] hello$", shown);
        Assert.Equal([shown], await app.EndAsync());
    }

    [Fact]
    public async Task Program_WhoseChildWritesNothing_ShowsNothing()
    {
        await using LaunchApp app = LaunchApp.Start(["by default"]);

        Assert.Empty(await app.EndAsync());
    }
}
