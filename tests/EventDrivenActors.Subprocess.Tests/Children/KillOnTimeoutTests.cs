using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class KillOnTimeoutTests : ChildTest
{
    private static readonly EventOptions Short = new() { Timeout = TimeSpan.FromMilliseconds(100) };

    [Theory]
    [InlineData("ignore-token")]
    [InlineData("spin")]
    public async Task Handler_ThatIgnoresItsToken_CostsTheChildItsLifeAndNothingElse(string key)
    {
        Controller controller = StartKilling();
        int process = await ProcessOfAsync(controller);
        Pending stuck = controller.Dispatch(key, options: Short);
        Pending[] behind = [.. Enumerable.Range(0, 5).Select(_ => controller.Dispatch("attempt"))];

        EventTimeoutException failure = await Assert.ThrowsAsync<EventTimeoutException>(() => stuck.Guarded());

        Assert.Equal(PendingStatus.TimedOut, stuck.Status);
        Assert.Contains($"'{key}'", failure.Message);
        foreach (Pending one in behind)
        {
            Assert.Equal([1], await one.Guarded());
        }

        Assert.NotEqual(process, await ProcessOfAsync(controller));
        Assert.Equal(1, Harness.Child.Restarts);
    }

    [Fact]
    public async Task Handler_ThatObeysItsToken_LetsTheChildLive()
    {
        Controller controller = StartKilling(child => child.KillGrace = TimeSpan.FromMinutes(10));
        int process = await ProcessOfAsync(controller);

        Assert.Equal(PendingStatus.TimedOut, await controller.Dispatch("obey-token", options: Short).StatusAsync());

        Assert.Equal(process, await ProcessOfAsync(controller));
        Assert.Equal(0, Harness.Child.Restarts);
    }

    [Fact]
    public async Task Kill_WaitsOnlyForHandlersThatStillRun()
    {
        Controller controller = StartKilling(child =>
        {
            child.Workers = 2;
            child.EventTimeout = TimeSpan.FromMinutes(10);
        });
        int process = await ProcessOfAsync(controller);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending stuck = controller.Dispatch("ignore-token", options: Short);
        Assert.Equal(PendingStatus.TimedOut, await stuck.StatusAsync());

        held.Cancel();

        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
        await ReplacedAsync(Harness.Child);
        Assert.NotEqual(process, await ProcessOfAsync(controller));
    }

    [Fact]
    public async Task WithoutTheOption_TheChildLivesAndItsOtherWorkersGoOn()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Workers = 2;
            child.KillGrace = TimeSpan.Zero;
        });
        int process = await ProcessOfAsync(controller);

        Assert.Equal(PendingStatus.TimedOut, await controller.Dispatch("ignore-token", options: Short).StatusAsync());

        Assert.Equal(process, await ProcessOfAsync(controller));
        Assert.Equal(0, Harness.Child.Restarts);
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();
    }

    private Controller StartKilling(Action<SubprocessOptions>? configure = null) =>
        Harness.Start(child =>
        {
            child.KillOnTimeout = true;
            child.KillGrace = TimeSpan.FromMilliseconds(50);
            configure?.Invoke(child);
        });
}
