using System.Net.Sockets;
using EventDrivenActors.Subprocess.Child;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Tests.Channel;
using EventDrivenActors.Subprocess.Tests.Configuration;
using EventDrivenActors.Subprocess.Tests.Connecting.Programs;
using EventDrivenActors.Subprocess.Tests.Launching;
using EventDrivenActors.Subprocess.Transport;

namespace EventDrivenActors.Subprocess.Tests.Connecting;

public sealed class ParentConnectorTests : IAsyncLifetime
{
    private readonly LinkHarness _harness = new();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _harness.DisposeAsync().AsTask();

    [Fact]
    public async Task Start_ChildThatExits_SaysItsCodeAndLastErrorLines()
    {
        ChildStartException failure = await Assert.ThrowsAsync<ChildStartException>(() =>
            _harness.StartAsync<EchoProgram>(options => options with { Plan = Shell("echo boom >&2; exit 7") })
        );
        Assert.Equal(7, failure.Exit?.ExitCode);
        Assert.Contains("boom", failure.Message);
    }

    [Fact]
    public async Task Start_ProgramThatFails_SaysWhy()
    {
        ChildStartException failure = await Assert.ThrowsAsync<ChildStartException>(() =>
            _harness.StartAsync<FailingProgram>()
        );
        Assert.Equal(ChildHost.Failed, failure.Exit?.ExitCode);
        Assert.Contains("the program does not want to", failure.Message);
    }

    [Fact]
    public async Task Start_ChildThatNeverConnects_IsKilledInTime()
    {
        SubprocessSettings settings = TestSettings.With("start-timeout = 300ms");
        ChildStartException failure = await Assert.ThrowsAsync<ChildStartException>(() =>
            _harness.StartAsync<EchoProgram>(options =>
                options with
                {
                    Plan = Shell("exec sleep 1000"),
                    Settings = settings,
                }
            )
        );
        Assert.Contains("'start-timeout'", failure.Message);
    }

    [Fact]
    public async Task Start_Cancelled_LeavesNoChildAndNoFolder()
    {
        HashSet<string> before = Directory
            .GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*")
            .ToHashSet();
        using CancellationTokenSource cancel = new CancellationTokenSource();
        TaskCompletionSource<int> shell = new TaskCompletionSource<int>();
        Task<ParentConnection> starting = ParentConnection.StartAsync(
            new ParentConnectionOptions
            {
                System = _harness.System,
                Peer = _harness.Peer,
                Plan = Shell("echo $$; exec sleep 1000"),
                OnOutput = line => shell.TrySetResult(int.Parse(line.Text)),
            },
            cancel.Token
        );
        int pid = await shell.Task.WaitAsync(CollectingPeer.Guard);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting.WaitAsync(CollectingPeer.Guard));
        await Processes.GoneAsync(pid);
        Assert.Empty(Directory.GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*").Except(before));
    }

    [Fact]
    public async Task Start_ProgramThatIsNotThere_SaysItsPath()
    {
        LaunchPlan plan = new LaunchPlan("/no/such/program", [], ChildEnvironment.Defaults);
        ChildStartException failure = await Assert.ThrowsAsync<ChildStartException>(() =>
            _harness.StartAsync<EchoProgram>(options => options with { Plan = plan })
        );
        Assert.Contains("'/no/such/program'", failure.Message);
    }

    [Fact]
    public async Task Start_ByStartupHook_RunsTheChildInsteadOfMain()
    {
        // vstest's host cannot be started a second time, so an application of the same files stands in for it.
        LaunchPlan byMuxer = LaunchPlan.ForThisProcess();
        IReadOnlyDictionary<string, string> hook = LaunchPlan
            .For(LaunchFacts.Current() with { DepsFiles = null })
            .Environment;
        LaunchPlan plan = new LaunchPlan(
            byMuxer.FileName,
            [.. byMuxer.Arguments.SkipLast(1), typeof(ParentConnectorTests).Assembly.Location],
            hook
        );
        ParentConnection child = await _harness.StartAsync<EchoProgram>(options => options with { Plan = plan });
        child.Link.Send("leave"u8.ToArray());
        Assert.Equal(0, (await child.Exited.WaitAsync(CollectingPeer.Guard)).ExitCode);
    }

    [Fact]
    public async Task Listener_StrangerWithAnotherPid_IsTurnedAwayAndTheChildIsAccepted()
    {
        using ParentListener listener = new ParentListener();
        using Socket stranger = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Task<Socket> accepting = listener.AcceptAsync(Environment.ProcessId + 1, CancellationToken.None);
        await stranger.ConnectAsync(new UnixDomainSocketEndPoint(listener.SocketPath));
        Assert.Equal(0, await stranger.ReceiveAsync(new byte[1]).WaitAsync(CollectingPeer.Guard));
        Assert.False(accepting.IsCompleted);
    }

    [Fact]
    public async Task Listener_SecondPeer_FindsNothing()
    {
        using ParentListener listener = new ParentListener();
        string path = listener.SocketPath;
        using Socket first = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        using Socket second = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Task<Socket> accepting = listener.AcceptAsync(Environment.ProcessId, CancellationToken.None);
        await first.ConnectAsync(new UnixDomainSocketEndPoint(path));
        using Socket accepted = await accepting.WaitAsync(CollectingPeer.Guard);
        await Assert.ThrowsAsync<SocketException>(() => second.ConnectAsync(new UnixDomainSocketEndPoint(path)));
        Assert.False(Directory.Exists(Path.GetDirectoryName(path)));
    }

    private static LaunchPlan Shell(string script) => new("/bin/sh", ["-c", script], ChildEnvironment.Defaults);
}
