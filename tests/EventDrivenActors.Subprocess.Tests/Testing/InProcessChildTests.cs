using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

public sealed class InProcessChildTests : IAsyncLifetime
{
    private readonly ChildHarness _harness = new();
    private readonly HashSet<string> _folders = Folders();

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        await _harness.DisposeAsync().AsTask().Guarded();
        Assert.Empty(Folders().Except(_folders));
    }

    [Fact]
    public async Task Event_ForTheChild_RunsInThisProcessBehindTheCodec()
    {
        Controller controller = Start();
        int[] sent = [1, 2];

        Assert.Equal(Environment.ProcessId, Assert.Single(await controller.Dispatch("process").Guarded()));
        object? back = Assert.Single(await controller.Dispatch("echo", sent).Guarded());

        Assert.Equal(sent, back);
        Assert.NotSame(sent, back);
    }

    [Fact]
    public async Task Output_OfAChildThatIsBeingStarted_HasItsProcess()
    {
        Journal<ChildOutput> lines = new();
        Controller controller = _harness.Start(child =>
        {
            child.OutputReceived = lines.Add;
            child.Launcher = launch =>
            {
                launch.OnOutput!(new OutputLine(77, "early", IsError: false));
                return new InProcessChild(launch);
            };
        });

        await controller.Dispatch("process").Guarded();

        Assert.Equal(77, lines.Entries[0].ProcessId);
    }

    [Fact]
    public async Task Function_ThatCaptures_IsRefusedAsByAProcess()
    {
        Controller controller = Start();
        int captured = Environment.TickCount;

        Assert.Throws<PayloadRefusedException>(() => controller.Submit(() => captured));
        Assert.Equal(3, await controller.Submit(ChildWork.Echo, 3).Guarded());
    }

    [Fact]
    public async Task OptionalParameters_OfHandlersAndSubmissions_TakeTheirDefaults()
    {
        Controller controller = _harness.Start(child =>
        {
            child.RunInProcess();
            child.Mapping.On("opt", (int x, int y = 5) => x + y);
            child.Mapping.On("rest", (int x, params int[] more) => x + more.Sum());
        });

        Assert.Equal([6], await controller.Dispatch("opt", args: [1]).Guarded());
        Assert.Equal([3], await controller.Dispatch("opt", args: [1, 2]).Guarded());
        Assert.Equal([1], await controller.Dispatch("rest", args: [1]).Guarded());
        Assert.Equal([6], await controller.Dispatch("rest", args: [1, 2, 3]).Guarded());
        Assert.Equal([6], await controller.Submit((int x, int y = 5) => x + y, 1).Guarded());
    }

    [Fact]
    public async Task Kill_IsSeenAsASignalAndTheNextChildGoesOn()
    {
        Controller controller = Start(parent => parent.Mapping.On("heard", (string line) => _harness.Said.Add(line)));
        Pending running = controller.Dispatch("hold-in-order");
        await _harness.HeardAsync("holding");

        _harness.Child.Kill();

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => running.Guarded());
        Assert.Equal((9, true), (lost.Signal, lost.Started));
        await controller.Dispatch("process").Guarded();
        Assert.Equal(1, _harness.Child.Restarts);
    }

    [Fact]
    public async Task Shutdown_Drains()
    {
        Controller controller = Start();
        Pending[] pendings = [.. Enumerable.Range(0, 100).Select(number => controller.Dispatch("echo", number))];

        ShutdownReport report = await controller.ShutdownAsync().Guarded();

        Assert.Equal((100, 0), (report.Completed, report.Abandoned));
        Assert.All(pendings, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        Assert.Equal(ChildState.None, _harness.Child.State);
    }

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Report_OfEventsInAChild_CountsEachAsWhatItBecame(ShutdownMode mode)
    {
        Controller controller = Start(parent => parent.Mapping.On("heard", (string line) => _harness.Said.Add(line)));
        Pending held = controller.Dispatch("hold-in-order");
        await _harness.HeardAsync("holding");
        Pending[] behind =
        [
            controller.Dispatch("echo", 1),
            controller.Dispatch("mark", "no number"),
            controller.Dispatch("echo", 2),
        ];
        Task<ShutdownReport> ending = controller.ShutdownAsync(mode);
        held.Cancel();

        ShutdownReport report = await ending.Guarded();

        Assert.Equal(
            mode == ShutdownMode.Drain ? (3, 1, 0, 0) : (0, 0, 4, 0),
            (report.Completed, report.Failed, report.Cancelled, report.Abandoned)
        );
        Assert.All(behind, pending => Assert.True(pending.IsSettled));
        _ = behind[1].Exception;
    }

    [Fact]
    public async Task SetUp_ThatFails_FailsTheControllerWithItsReason()
    {
        Controller controller = Start(child: child =>
            child.Mapping.On(
                ControllerEvents.WorkerPrepare,
                void () => throw new InvalidOperationException("no licence")
            )
        );

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            controller.Dispatch("process").Guarded()
        );

        Assert.Contains("no licence", lost.Message);
    }

    private Controller Start(Action<ControllerOptions>? configure = null, Action<SubprocessOptions>? child = null) =>
        _harness.Start(
            options =>
            {
                options.RunInProcess();
                options.Restart.MaxRestarts = 1;
                child?.Invoke(options);
            },
            configure
        );

    private static HashSet<string> Folders() =>
        [.. Directory.GetDirectories(Path.GetTempPath(), $"eda-{Environment.ProcessId}-*")];
}
