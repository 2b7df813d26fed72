using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Link;

namespace EventDrivenActors.Subprocess.Tests.Launching;

public sealed class ChildProcessTests
{
    [Theory]
    [InlineData("exit 0", 0, null)]
    [InlineData("exit 3", 3, null)]
    [InlineData("kill -9 $$", null, 9)]
    [InlineData("kill -15 $$", null, 15)]
    [InlineData("kill -6 $$", null, 6)]
    public async Task Exit_IsACodeOrASignal(string script, int? code, int? signal)
    {
        await using var child = Start(script);
        var exit = await child.Exited.WaitAsync(CollectingPeer.Guard);
        Assert.Equal((code, signal), (exit.ExitCode, exit.Signal));
    }

    [Fact]
    public async Task Exit_WithAGrandchildThatHoldsThePipes_IsSeenAtOnce()
    {
        var lines = new TaskCompletionSource<int>();
        await using var child = Start("setsid sleep 1000 & echo $!; echo bye >&2; exit 5", line => _ = !line.IsError && lines.TrySetResult(int.Parse(line.Text)));
        var exit = await child.Exited.WaitAsync(CollectingPeer.Guard);
        Assert.Equal(5, exit.ExitCode);
        Assert.Equal(["bye"], exit.LastErrorLines);
        await child.DisposeAsync().AsTask().WaitAsync(CollectingPeer.Guard);
        Native.Kill(await lines.Task, Native.SigKill);
    }

    [Fact]
    public async Task Kill_AgainAndAfterTheEnd_DoesNothing()
    {
        await using var child = Start("exec sleep 1000");
        Parallel.For(0, 8, _ => child.Kill());
        Assert.Equal(9, (await child.Exited.WaitAsync(CollectingPeer.Guard)).Signal);
        child.Kill();
        child.Terminate();
    }

    [Fact]
    public async Task Kill_WhileTheProcessEnds_HangsNobody()
    {
        for (var round = 0; round < 100; round++)
        {
            var child = Start("exit 0");
            var killing = Task.Factory.StartNew(
                () =>
                {
                    while (!child.Exited.IsCompleted)
                        child.Terminate();
                },
                TaskCreationOptions.LongRunning);
            await child.Exited.WaitAsync(CollectingPeer.Guard);
            await killing.WaitAsync(CollectingPeer.Guard);
            await child.DisposeAsync();
        }
    }

    [Fact]
    public async Task StartMessage_ComesBehindItsLengthAndStdinStaysOpen()
    {
        var line = new TaskCompletionSource<string>();
        await using var child = Start("head -c 9 | od -An -tx1; read more; exit 1", output => line.TrySetResult(output.Text));
        await child.SendStartAsync("hello"u8.ToArray(), CancellationToken.None);
        Assert.Equal(" 05 00 00 00 68 65 6c 6c 6f", await line.Task.WaitAsync(CollectingPeer.Guard));
        Assert.False(child.Exited.IsCompleted);
    }

    [Fact]
    public async Task Disposal_GivesBackEveryDescriptor()
    {
        await using (var first = Start("exit 0"))
            await first.Exited;
        var before = Directory.GetFiles("/proc/self/fd").Length;
        for (var round = 0; round < 10; round++)
        {
            await using var child = Start("exec sleep 1000");
        }
        // The thread that sees the ends of processes gives its own descriptor back a moment after the last one.
        Assert.True(SpinWait.SpinUntil(() => Directory.GetFiles("/proc/self/fd").Length <= before, TestSupport.HangGuard.Limit));
    }

    private static ChildProcess Start(string script, Action<OutputLine>? onLine = null) =>
        ChildProcess.Start(new LaunchPlan("/bin/sh", ["-c", script], ChildEnvironment.Defaults), TestSettings.With(""), onLine);
}
