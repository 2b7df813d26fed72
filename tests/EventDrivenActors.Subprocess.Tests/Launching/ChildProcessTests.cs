using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Configuration;

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
        await using ChildProcess child = Start(script);
        ChildExit exit = await child.Exited.WaitAsync(CollectingPeer.Guard);
        Assert.Equal((code, signal), (exit.ExitCode, exit.Signal));
    }

    [Fact]
    public async Task Exit_WithAGrandchildThatHoldsThePipes_IsSeenAtOnce()
    {
        TaskCompletionSource<int> lines = new TaskCompletionSource<int>();
        await using ChildProcess child = Start(
            "setsid sleep 1000 & echo $!; echo bye >&2; exit 5",
            line => _ = !line.IsError && lines.TrySetResult(int.Parse(line.Text))
        );
        ChildExit exit = await child.Exited.WaitAsync(CollectingPeer.Guard);
        Assert.Equal(5, exit.ExitCode);
        Assert.Equal(["bye"], exit.LastErrorLines);
        await child.DisposeAsync().AsTask().WaitAsync(CollectingPeer.Guard);
        Native.Kill(await lines.Task, Native.SigKill);
    }

    [Fact]
    public async Task Kill_AgainAndAfterTheEnd_DoesNothing()
    {
        await using ChildProcess child = Start("exec sleep 1000");
        Parallel.For(0, 8, _ => child.Kill());
        Assert.Equal(9, (await child.Exited.WaitAsync(CollectingPeer.Guard)).Signal);
        child.Kill();
        child.Terminate();
    }

    [Fact]
    public async Task Kill_WhileTheProcessEnds_HangsNobody()
    {
        for (int round = 0; round < 100; round++)
        {
            ChildProcess child = Start("exit 0");
            Task killing = Task.Factory.StartNew(
                () =>
                {
                    while (!child.Exited.IsCompleted)
                    {
                        child.Terminate();
                    }
                },
                TaskCreationOptions.LongRunning
            );
            await child.Exited.WaitAsync(CollectingPeer.Guard);
            await killing.WaitAsync(CollectingPeer.Guard);
            await child.DisposeAsync();
        }
    }

    [Fact]
    public async Task StartMessage_ComesBehindItsLengthAndStdinStaysOpen()
    {
        TaskCompletionSource<string> line = new TaskCompletionSource<string>();
        await using ChildProcess child = Start(
            "head -c 9 | od -An -tx1; read more; exit 1",
            output => line.TrySetResult(output.Text)
        );
        await child.SendStartAsync("hello"u8.ToArray(), CancellationToken.None);
        Assert.Equal(" 05 00 00 00 68 65 6c 6c 6f", await line.Task.WaitAsync(CollectingPeer.Guard));
        Assert.False(child.Exited.IsCompleted);
    }

    [Fact]
    public async Task Disposal_GivesBackEveryDescriptor()
    {
        await using (ChildProcess first = Start("exit 0"))
        {
            await first.Exited;
        }

        int before = Directory.GetFiles("/proc/self/fd").Length;
        for (int round = 0; round < 10; round++)
        {
            await using ChildProcess child = Start("exec sleep 1000");
        }
        // The thread that sees the ends of processes gives its own descriptor back a moment after the last one.
        Assert.True(
            SpinWait.SpinUntil(() => Directory.GetFiles("/proc/self/fd").Length <= before, TestSupport.HangGuard.Limit)
        );
    }

    private static ChildProcess Start(string script, Action<OutputLine>? onLine = null) =>
        ChildProcess.Start(
            new LaunchPlan("/bin/sh", ["-c", script], ChildEnvironment.Defaults),
            TestSettings.With(""),
            onLine
        );
}
