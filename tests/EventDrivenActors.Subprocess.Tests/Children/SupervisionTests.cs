using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class SupervisionTests : ChildTest
{
    [Fact]
    public async Task TooManyDeaths_FailTheController_UntilItRunsAgain()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Restart.MaxRestarts = 2;
            child.Restart.Jitter = 0;
            child.MaxInFlight = 1;
        });
        Pending[] deadly = [.. Enumerable.Range(1, 3).Select(code => controller.Dispatch("exit", code))];
        Pending waiting = controller.Dispatch("process");
        Pending queued = controller.Dispatch("process");

        foreach (Pending pending in (Pending[])[.. deadly, waiting, queued])
        {
            Assert.Equal(PendingStatus.ChildLost, await pending.StatusAsync());
        }

        ChildLostException failure = await Assert.ThrowsAsync<ChildLostException>(() => queued.Guarded());
        Assert.Contains("call Run", failure.Message);
        Assert.Equal(3, failure.ExitCode);
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
        Assert.Equal(ChildState.Failed, Harness.Child.State);
        Assert.Throws<ControllerClosedException>(() => { controller.Dispatch("process"); });

        controller.Run();
        await ProcessOfAsync(controller);
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

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => controller.Dispatch("process").Guarded());

        Assert.Contains("the set-up does not want to", lost.Message);
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
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

    public sealed class FailingPreparation : IChildSetup
    {
        public void Configure(PoolOptions options) => options.Mapping.On(ControllerEvents.WorkerPrepare, Prepare);

        private static void Prepare(Session session) => throw new TestFailureException("the set-up does not want to");
    }
}
