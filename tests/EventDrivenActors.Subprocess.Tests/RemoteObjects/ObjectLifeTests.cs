using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <summary>
/// What becomes of objects and their calls when their child dies or their controller ends; the children live in this
/// process.
/// </summary>
public sealed partial class ObjectLifeTests : IAsyncLifetime
{
    private ChildHarness? _harness;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Harness.PassTimeAsync(Harness.DisposeAsync().AsTask());

    [Fact]
    public async Task DeathOfTheChild_EndsTheCallsThatItHadAndThoseThatWaited()
    {
        Start(child => child.MaxInFlight = 1);
        ICounter counter = await CreateAsync("dying", 1);
        Task<int> running = counter.HoldAsync(CancellationToken.None);
        await HeardAsync("holding dying");
        Task<int> behind = counter.AddAndGetAsync(1);
        Task blocked = Task.Factory.StartNew(
            () => counter.Value,
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );

        Harness.Child.Kill();

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => running.Guarded());
        Assert.Equal((9, true), (lost.Signal, lost.Started));
        Assert.Contains("create it anew with CreateRemoteAsync", lost.Message);
        Assert.False((await Assert.ThrowsAsync<ChildLostException>(() => behind.Guarded())).Started);
        await Assert.ThrowsAsync<ChildLostException>(() => blocked.Guarded());
    }

    [Fact]
    public async Task Object_OfADeadChild_SaysSoAndNeverReachesTheNextChild()
    {
        Controller controller = Start();
        ICounter counter = await CreateAsync("dead", 1);
        Harness.Child.Kill();
        await Assert.ThrowsAsync<ChildLostException>(() => WhenLostAsync(counter).Guarded());
        await controller.Dispatch("process").Guarded();

        ChildLostException lost = Assert.Throws<ChildLostException>(() => counter.Add(1));

        Assert.Contains("The remote object 'ICounter' of the controller", lost.Message);
        Assert.Contains("died with its child", lost.Message);
        Assert.Equal((9, false), (lost.Signal, lost.Started));
        Assert.IsType<ChildLostException>(await Record.ExceptionAsync(() => counter.AddAsync(1)));
        Assert.False(((IRemoteObject)counter).IsAlive);
        await ((IAsyncDisposable)counter).DisposeAsync().AsTask().Guarded();
        Assert.Equal(5, (await CreateAsync("anew", 5)).Value);
    }

    [Fact]
    public async Task Creation_BeforeTheRun_WaitsForTheChild()
    {
        Controller controller = Harness.Runtime.CreateController(options =>
            Child = options.AddSubprocess(child => child.RunInProcess())
        );
        Task<ICounter> creation = Child.CreateRemoteAsync<ICounter, Counter>(3);
        Assert.False(creation.IsCompleted);

        controller.Run();

        Assert.Equal(3, (await creation.Guarded()).Value);
        await controller.ShutdownAsync().Guarded();
    }

    [Fact]
    public async Task Creation_OfAControllerThatNeverRuns_EndsWithIt()
    {
        Controller controller = Harness.Runtime.CreateController(options =>
            Child = options.AddSubprocess(child => child.RunInProcess())
        );
        Task<ICounter> creation = Child.CreateRemoteAsync<ICounter, Counter>(3);

        await controller.ShutdownAsync().Guarded();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation.Guarded());
        await Assert.ThrowsAsync<ControllerClosedException>(() =>
            Child.CreateRemoteAsync<ICounter, Counter>(3).Guarded()
        );
    }

    [Fact]
    public async Task Creation_WhoseTokenFires_IsCancelledAndLeavesNothing()
    {
        Controller controller = Start();
        await controller.SuspendAsync().Guarded();
        using CancellationTokenSource source = new();
        Task<ICounter> creation = Harness.Child.CreateRemoteAsync<ICounter, Counter>([3], source.Token);

        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => creation.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            Harness.Child.CreateRemoteAsync<ICounter, Counter>([3], source.Token)
        );
        controller.Resume();
    }

    [Fact]
    public async Task Drain_WaitsForTheCallsOfObjects()
    {
        Controller controller = Start();
        ICounter counter = await CreateAsync("draining", 1);
        using CancellationTokenSource source = new();
        Task<int> held = counter.HoldAsync(source.Token);
        Task<int> behind = counter.AddAndGetAsync(1);
        await HeardAsync("holding draining");

        Task<ShutdownReport> shutdown = controller.ShutdownAsync();
        await Assert.ThrowsAsync<ControllerClosedException>(() => counter.AddAsync(1));
        Assert.False(shutdown.IsCompleted);
        await source.CancelAsync();

        await shutdown.Guarded();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
        Assert.Equal(2, await behind.Guarded());
        await HeardAsync("disposed draining");
        Assert.Throws<ChildLostException>(() => counter.Value);
    }

    [Fact]
    public async Task Drain_LetsHandlersOfTheControllerCallObjects()
    {
        Gate gate = new();
        ICounter counter = null!;
        Controller controller = Start(configure: options =>
            options.Mapping.On(
                "use",
                async () =>
                {
                    await gate.PassAsync();
                    return await counter.AddAndGetAsync(1) + counter.AddAndGet(1);
                }
            )
        );
        counter = await CreateAsync("used", 1);
        Pending use = controller.Dispatch("use");
        await gate.Entered;
        Task<ShutdownReport> shutdown = controller.ShutdownAsync();
        gate.Open();

        Assert.Equal([5], await use.Guarded());
        await shutdown.Guarded();
    }

    [Fact]
    public async Task Finish_EndsTheRunningCallAndCancelsThoseBehind()
    {
        Controller controller = Start();
        ICounter counter = await CreateAsync("finishing", 1);
        ICounter other = await CreateAsync("other", 1);
        Task<int> held = counter.HoldAsync(CancellationToken.None);
        Task<int> behind = counter.AddAndGetAsync(1);
        await HeardAsync("holding finishing");
        Task<int> queued = other.AddAndGetAsync(1);

        Task<ShutdownReport> shutdown = controller.ShutdownAsync(ShutdownMode.Finish);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => behind.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued.Guarded());
        Assert.False(held.IsCompleted);
        Counter.Latch.SetResult();

        await shutdown.Guarded();
        Assert.Equal(1, await held.Guarded());
        Counter.Latch = Counter.NewLatch();
    }

    [Fact]
    public async Task Abort_CancelsTheCallsOfObjects()
    {
        Controller controller = Start();
        ICounter counter = await CreateAsync("aborted", 1);
        Task held = counter.IgnoreTokenAsync();
        await HeardAsync("ignoring aborted");

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
    }

    [Fact]
    public async Task EndOfTheActorSystem_ClosesTheCallsOfObjects_AlsoWhereTheyObeyTheirTokens()
    {
        Start();
        ICounter counter = await CreateAsync("closing", 1);
        Task<int> held = counter.HoldAsync(CancellationToken.None);
        await HeardAsync("holding closing");

        await Harness.Runtime.System.Terminate().Guarded();

        await Assert.ThrowsAsync<ControllerClosedException>(() => held.Guarded());
    }
}
