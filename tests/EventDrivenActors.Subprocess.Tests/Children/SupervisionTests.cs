using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.Subprocess.Tests.RemoteObjects;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class SupervisionTests : ChildTest
{
    [Fact]
    public async Task TooManyDeaths_FailTheController_UntilItRunsAgain()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Restart.Jitter = 0;
            child.MaxInFlight = 1;
        });
        Pending[] deadly = [.. Enumerable.Range(1, 6).Select(code => controller.Dispatch("exit", code))];
        Pending waiting = controller.Dispatch("process");
        Pending queued = controller.Dispatch("process");

        foreach (Pending pending in (Pending[])[.. deadly, waiting, queued])
        {
            Assert.Equal(PendingStatus.ChildLost, await pending.StatusAsync());
        }

        ChildLostException failure = await Assert.ThrowsAsync<ChildLostException>(() => queued.Guarded());
        Assert.Contains("'process' was lost before it was sent", failure.Message);
        Assert.Contains("call Run", failure.Message);
        Assert.Equal((6, ExitReason.Exited), (failure.ExitCode, failure.Reason));
        Assert.Equal(5, Harness.Child.Restarts);
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
        Assert.Equal(ChildState.Failed, Harness.Child.State);
        Assert.Throws<ControllerClosedException>(() =>
        {
            controller.Dispatch("process");
        });

        controller.Run();
        await ProcessOfAsync(controller);
    }

    [Fact]
    public async Task EventsAndCalls_ThatComeWhileTheControllerFails_AreLostToo()
    {
        Controller controller = null!;
        Pending[] late = [];
        Task<ICounter>? creation = null;
        controller = Harness.Start(
            child =>
            {
                child.RunInProcess();
                child.Restart.MaxRestarts = 0;
            },
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.Lifecycle.InPlace.OnFaulted(_ =>
                        {
                            late = [.. Enumerable.Range(0, 500).Select(_ => controller.Dispatch("process"))];
                            Assert.True(
                                SpinWait.SpinUntil(
                                    () => Array.TrueForAll(late, pending => pending.Status == PendingStatus.Running),
                                    HangGuard.Limit
                                )
                            );
                            creation = Harness.Child.CreateRemoteAsync<ICounter, Counter>(1);
                        })
                    )
                )
        );
        await controller.Dispatch("process").Guarded();

        Harness.Child.Kill();

        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
        Assert.Equal([PendingStatus.ChildLost], late.Select(pending => pending.Status).Distinct());
        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => creation!.Guarded());
        Assert.Contains("'new ICounter' was lost before it was sent", lost.Message);
    }

    [Theory]
    [InlineData(typeof(FailingSetup))]
    [InlineData(typeof(FailingPreparation))]
    public async Task SetUp_ThatFails_SaysWhyItGivesUp(Type setup)
    {
        Controller controller = Harness.Start(child =>
        {
            _ = setup == typeof(FailingSetup) ? child.Use<FailingSetup>() : child.Use<FailingPreparation>();
            child.Restart.MaxRestarts = 1;
        });

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            controller.Dispatch("process").Guarded()
        );

        Assert.Contains("the set-up does not want to", lost.Message);
        Assert.Equal(ExitReason.SetupFailed, lost.Reason);
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
    }

    [Fact]
    public async Task SetUp_ThatHangs_IsKilledInTime_AndCountsAsAFailedStart()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Use<HangingSetup>();
            child.SetupTimeout = TimeSpan.FromMilliseconds(300);
            child.Restart.MaxRestarts = 1;
        });

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            controller.Dispatch("process").Guarded()
        );

        Assert.Equal((ExitReason.SetupTimedOut, false), (lost.Reason, lost.Started));
        Assert.Contains("The set-up of the child process took longer than '00:00:00.3000000'", lost.Message);
        await controller.WaitAsync().Guarded();
        Assert.Equal(ChildState.Failed, Harness.Child.State);
    }

    [Fact]
    public async Task Listener_OfTheOutputThatThrows_CostsNothing()
    {
        Controller controller = Harness.Start(child => child.OutputReceived = _ => throw new TestFailureException());
        int process = await ProcessOfAsync(controller);
        await controller.Submit(() => Console.WriteLine("a line")).Guarded();

        Harness.Child.Kill();
        await ReplacedAsync(Harness.Child);

        Assert.NotEqual(process, await ProcessOfAsync(controller));
    }

    public sealed class FailingSetup : IChildSetup
    {
        public void Configure(PoolOptions options) => throw new TestFailureException("the set-up does not want to");
    }

    public sealed class HangingSetup : IChildSetup
    {
        public void Configure(PoolOptions options) => new ManualResetEvent(false).WaitOne();
    }

    public sealed class FailingPreparation : IChildSetup
    {
        public void Configure(PoolOptions options) => options.Mapping.On(ControllerEvents.WorkerPrepare, Prepare);

        private static void Prepare(Session session) => throw new TestFailureException("the set-up does not want to");
    }
}
