using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Pure.Tests.EventLoop;

public sealed class ControllerLoopConcurrencyTests
{
    private const int Producers = 3;
    private const int Rounds = 6_000;
    private static readonly TimeSpan HangGuard = TestSupport.HangGuard.Limit;

    [Theory]
    [InlineData(1, false, null)]
    [InlineData(1, true, null)]
    [InlineData(2, false, null)]
    [InlineData(2, true, null)]
    [InlineData(2, true, 5)]
    public async Task Loop_ManyThreads_SettlesEachPendingOnceAndInOrder(int drainers, bool cleans, int? capacity)
    {
        ConcurrencyProbe probe = new(Producers);
        LoopRig rig = new(probe.Mapping, settings => settings with { Capacity = capacity });
        rig.Loop.Run(null);
        using LoopPump pump = new(rig.Loop, rig.Host, drainers);
        Producer[] producers = [.. Enumerable.Range(0, Producers).Select(i => new Producer(rig, i))];
        using CancellationTokenSource done = new();
        Task<string?> control = Task.Run(() => Control(rig.Loop, probe, cleans, done.Token));
        await Task.WhenAll(producers.Select(producer => producer.RunAsync(capacity is null ? Rounds : Rounds / 4)))
            .WaitAsync(HangGuard);
        done.Cancel();
        string? violation = await control.WaitAsync(HangGuard);
        await rig.Loop.WaitForIdleAsync(default).WaitAsync(HangGuard);

        List<CountingPending> pendings = [.. producers.SelectMany(producer => producer.Pendings)];
        await Task.WhenAll(pendings.Select(pending => pending.SettledAsync())).WaitAsync(HangGuard);
        Assert.Null(violation);
        Assert.Null(probe.Violation);
        Assert.Null(pump.Failure);
        Assert.All(pendings, pending => Assert.Equal(1, pending.Settled));
        Assert.All(
            pendings,
            pending => Assert.True(pending.Status is PendingStatus.Completed or PendingStatus.Cancelled)
        );
        Assert.Equal(pendings.Count(pending => pending.Status == PendingStatus.Completed), probe.Started - probe.Posts);
        Assert.True(cleans || probe.Posts == producers.Sum(producer => producer.Posted), "A post was lost.");
    }

    [Fact]
    public async Task Drain_Shutdown_RunsAllThatWasAccepted()
    {
        for (int round = 0; round < 40; round++)
        {
            ConcurrencyProbe probe = new(Producers);
            LoopRig rig = new(probe.Mapping);
            rig.Loop.Run(null);
            using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
            Producer[] producers = [.. Enumerable.Range(0, Producers).Select(i => new Producer(rig, i))];
            Task produced = Task.WhenAll(producers.Select(producer => producer.RunAsync(int.MaxValue)));
            SpinWait.SpinUntil(() => probe.Started > round);
            ShutdownReport report = await rig.Loop.Shutdown(ShutdownMode.Drain, HangGuard).WaitAsync(HangGuard);
            await produced.WaitAsync(HangGuard);

            Assert.All(
                producers.SelectMany(producer => producer.Pendings),
                pending => Assert.True(pending.Cancelled || pending.Status == PendingStatus.Completed)
            );
            Assert.Equal(producers.Sum(producer => producer.Posted), probe.Posts);
            Assert.InRange(
                report.Cancelled,
                0,
                producers.Sum(producer => producer.Pendings.Count(pending => pending.Status == PendingStatus.Cancelled))
            );
            Assert.Equal(ControllerState.Stopped, rig.Loop.State);
        }
    }

    [Fact]
    public async Task Cancel_AtTheInstantOfTheStart_ReachesTheHandler()
    {
        LoopRig rig = new(
            new MappingBlueprint().On(
                "run",
                (Session session) => Task.Delay(Timeout.Infinite, session.CancellationToken)
            )
        );
        rig.Loop.Run(null);
        using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
        for (int i = 0; i < 3_000; i++)
        {
            CountingPending pending = rig.Dispatch("run");
            SpinWait spin = default;
            while (pending.Status == PendingStatus.Queued)
            {
                spin.SpinOnce(sleep1Threshold: -1);
            }

            pending.Cancel();
            Assert.Equal(PendingStatus.Cancelled, await pending.SettledAsync().WaitAsync(HangGuard));
        }
    }

    [Fact]
    public async Task Clean_WhileEventsAreTaken_LeavesNoPendingOpen()
    {
        LoopRig rig = new(new MappingBlueprint().On("run", () => { }));
        rig.Loop.Run(null);
        using LoopPump pump = new(rig.Loop, rig.Host, threads: 1);
        using CancellationTokenSource done = new();
        Task cleaner = Task.Run(() =>
        {
            while (!done.IsCancellationRequested)
            {
                rig.Loop.Clean();
            }
        });
        List<CountingPending> pendings = [];
        for (int i = 0; i < 200_000; i++)
        {
            pendings.Add(rig.Dispatch("run"));
        }

        done.Cancel();
        await cleaner.WaitAsync(HangGuard);
        await rig.Loop.WaitForIdleAsync(default).WaitAsync(HangGuard);
        Assert.Equal(0, pendings.Count(pending => !pending.IsSettled));
    }

    /// <summary>
    /// Suspends, resumes and cleans; after a suspension nothing but the event that was just starting may start.
    /// </summary>
    private static string? Control(LoopFacade loop, ConcurrencyProbe probe, bool cleans, CancellationToken done)
    {
        string? violation = null;
        while (!done.IsCancellationRequested)
        {
            loop.Suspend();
            int before = probe.Started;
            Thread.SpinWait(200);
            if (probe.Started - before > 1)
            {
                violation = "A handler started in a suspended loop.";
            }

            if (cleans)
            {
                loop.Clean();
            }

            loop.Resume();
            Thread.Yield();
        }

        return violation;
    }
}
