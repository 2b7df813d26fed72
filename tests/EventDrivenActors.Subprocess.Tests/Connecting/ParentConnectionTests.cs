using System.Text;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Connecting.Programs;
using EventDrivenActors.Subprocess.Tests.Launching;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

public sealed class ParentConnectionTests : IAsyncLifetime
{
    private readonly LinkHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Link_TenThousandMessages_ComeBackInOrder()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        for (int number = 0; number < 10_000; number++)
        {
            Assert.True(child.Link.Send(BitConverter.GetBytes(number)));
        }

        for (int number = 0; number < 10_000; number++)
        {
            Assert.Equal(number, BitConverter.ToInt32((await _harness.Peer.NextAsync()).Span));
        }
    }

    [Fact]
    public async Task Link_FiveMegabytes_TravelBothWays()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        byte[] message = new byte[5 * 1024 * 1024];
        Random.Shared.NextBytes(message);
        child.Link.Send(message);
        child.Link.SendControl("between"u8.ToArray());
        child.Link.Send("after"u8.ToArray());
        ReadOnlyMemory<byte>[] received = new[]
        {
            await _harness.Peer.NextAsync(),
            await _harness.Peer.NextAsync(),
            await _harness.Peer.NextAsync(),
        };
        Assert.Contains(received, one => one.Span.SequenceEqual(message));
        Assert.Equal("after", Encoding.UTF8.GetString(received[2].Span));
    }

    [Fact]
    public async Task Child_ThatLeaves_DeliversWhatItSentBeforeTheLinkCloses()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        child.Link.Send("leave"u8.ToArray());
        Assert.Equal("leave", await _harness.Peer.NextTextAsync());
        Assert.Equal(0, (await child.Exited.WaitAsync(CollectingPeer.Guard)).ExitCode);
        await _harness.Peer.Closed.WaitAsync(CollectingPeer.Guard);
        Assert.False(child.Link.Send("late"u8.ToArray()));
    }

    [Fact]
    public async Task Child_AskedToTerminate_LeavesByItselfAndSaysWhy()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        Assert.Equal(
            Native.SigTerm,
            (await child.TerminateAsync(CollectingPeer.Guard).WaitAsync(CollectingPeer.Guard)).Signal
        );
    }

    [Fact]
    public async Task Child_KilledWithSignal9_IsSeenWithItsLastErrorLines()
    {
        ParentConnection child = await _harness.StartAsync<ShellProgram>();
        child.Link.Send("stderr the last words"u8.ToArray());
        await _harness.Peer.NextAsync();
        Native.Kill(child.ProcessId, Native.SigKill);
        ChildExit exit = await child.Exited.WaitAsync(CollectingPeer.Guard);
        Assert.Equal(9, exit.Signal);
        Assert.Null(exit.ExitCode);
        Assert.Contains("the last words", exit.LastErrorLines);
        await _harness.Peer.Closed.WaitAsync(CollectingPeer.Guard);
    }

    [Fact]
    public async Task Child_ThatExits_IsSeenWithItsCode()
    {
        ParentConnection child = await _harness.StartAsync<ShellProgram>();
        child.Link.Send("exit 7"u8.ToArray());
        Assert.Equal(7, (await child.Exited.WaitAsync(CollectingPeer.Guard)).ExitCode);
    }

    [Fact]
    public async Task Parent_KilledWithSignal9_TakesItsStarvedChildAndThatOnesProcessWithIt()
    {
        ParentConnection parent = await _harness.StartAsync<ShellProgram>();
        parent.Link.Send("nest"u8.ToArray());
        int[] pids = (await _harness.Peer.NextTextAsync()).Split(' ').Select(int.Parse).ToArray();
        Assert.All(pids, pid => Assert.True(Processes.IsAlive(pid)));
        Native.Kill(parent.ProcessId, Native.SigKill);
        await Task.WhenAll(pids.Select(Processes.GoneAsync)).WaitAsync(CollectingPeer.Guard);
    }

    [Fact]
    public async Task Disposal_LeavesNoProcessOfTheGroup()
    {
        ParentConnection child = await _harness.StartAsync<ShellProgram>();
        child.Link.Send("sleeper"u8.ToArray());
        int sleeper = int.Parse(await _harness.Peer.NextTextAsync());
        await child.DisposeAsync().AsTask().WaitAsync(CollectingPeer.Guard);
        await Processes.GoneAsync(child.ProcessId);
        await Processes.GoneAsync(sleeper);
    }

    [Fact]
    public async Task Link_OpensNoTcpPort()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        HashSet<string> ours = Processes.Sockets(child.ProcessId);
        ours.UnionWith(Processes.Sockets(Environment.ProcessId));
        // vstest's own connection is one that it has made, not one that it listens on.
        Assert.DoesNotContain(Processes.ListeningTcp(), ours.Contains);
    }

    [Fact]
    public async Task Link_LeavesNoSecretAndNoFolder()
    {
        HashSet<string> before = Directory
            .GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*")
            .ToHashSet();
        ParentConnection child = await _harness.StartAsync<EchoProgram>(options =>
            options with
            {
                Configuration = "a-secret"u8.ToArray(),
            }
        );
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*").Except(before));
        string visible =
            File.ReadAllText($"/proc/{child.ProcessId}/cmdline") + File.ReadAllText($"/proc/{child.ProcessId}/environ");
        Assert.DoesNotContain("a-secret", visible);
        Assert.DoesNotContain("eda-", visible);
        Assert.DoesNotContain("DOTNET_STARTUP_HOOKS", visible);
    }

    [Fact]
    public async Task Output_LongLine_IsShortened()
    {
        ParentConnection child = await _harness.StartAsync<ShellProgram>();
        child.Link.Send("stdout-line 1000000"u8.ToArray());
        await _harness.Peer.NextAsync();
        await child.DisposeAsync();
        Assert.All(_harness.Output, line => Assert.InRange(line.Text.Length, 0, 4097));
        Assert.Contains(_harness.Output, line => line.Text.EndsWith('…'));
    }

    [Fact]
    public async Task Link_AtWork_IsIntroducedToAkkaBehindItsFirstMessages()
    {
        ParentConnection child = await _harness.StartAsync<EchoProgram>();
        child.Link.Send("before"u8.ToArray());
        Assert.Equal("before", await _harness.Peer.NextTextAsync());
        await child.Introduced.WaitAsync(CollectingPeer.Guard);
        child.Link.Send("behind"u8.ToArray());
        Assert.Equal("behind", await _harness.Peer.NextTextAsync());
    }

    [Fact]
    public async Task Child_KilledBeforeAkkaKnowsIt_LeavesTheNextOneUntouched()
    {
        ParentConnection first = await _harness.StartAsync<EchoProgram>();
        await first.KillAsync().WaitAsync(CollectingPeer.Guard);
        await _harness.Peer.Closed.WaitAsync(CollectingPeer.Guard);
        ParentConnection second = await _harness.StartAsync<EchoProgram>();
        await second.Introduced.WaitAsync(CollectingPeer.Guard);
        Assert.False(first.Introduced.IsCompleted);
    }

    [Fact]
    public async Task System_ThatEndsBeforeAkkaKnowsTheLink_ClosesIt()
    {
        await _harness.StartAsync<EchoProgram>();
        await _harness.System.Terminate();
        Assert.Contains(
            "actor system",
            await _harness.Peer.Closed.WaitAsync(CollectingPeer.Guard),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public async Task Start_TwoChildren_AreApart()
    {
        ParentConnection first = await _harness.StartAsync<EchoProgram>();
        CollectingPeer firstPeer = _harness.Peer;
        ParentConnection second = await _harness.StartAsync<EchoProgram>();
        first.Link.Send("one"u8.ToArray());
        second.Link.Send("two"u8.ToArray());
        Assert.Equal("one", await firstPeer.NextTextAsync());
        Assert.Equal("two", await _harness.Peer.NextTextAsync());
        Assert.NotEqual(first.Incarnation, second.Incarnation);
    }
}
