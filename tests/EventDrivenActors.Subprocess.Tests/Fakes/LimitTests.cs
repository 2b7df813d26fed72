using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What may be on its way to a child, and what never waits.</summary>
public sealed class LimitTests
{
    [Fact]
    public async Task Cancel_BehindAThousandLargeEvents_OvertakesThem()
    {
        Fault deaf = new(Step.Acknowledge, FaultKind.Withhold);
        await using FakeHarness harness = new(
            new FakeScript(deaf),
            "heartbeat.kill-after = 1h",
            child => child.MaxInFlight = 2000
        );
        Pending held = harness.Controller.Dispatch("hold");
        Pending first = harness.Controller.Dispatch("a");
        await first.Guarded();
        byte[] large = new byte[50_000];
        Pending[] queued = [.. Enumerable.Range(0, 1000).Select(_ => harness.Controller.Dispatch("large", large))];

        held.Cancel();

        Assert.Equal(PendingStatus.Cancelled, await held.StatusAsync());
        // The few of the one envelope that could still leave may have been answered.
        Assert.All(queued.Skip(10), pending => Assert.False(pending.IsSettled));
        await harness.PassTimeAsync(harness.Controller.ShutdownAsync(ShutdownMode.Abort), slowly: true);
        Assert.All(queued, pending => Assert.True(pending.IsSettled));
    }

    [Fact]
    public async Task Cancel_AfterAClean_ReachesACallThatTheChildHasStarted()
    {
        // The parent has not heard of the start, so it has withdrawn the call, and the child has refused.
        await using FakeHarness harness = new(new FakeScript(new Fault(Step.Started, FaultKind.Withhold)));
        Pending held = harness.Controller.Dispatch("hold");
        await (await harness.FirstAsync()).ReceivedAsync(1);

        harness.Controller.Clean();
        held.Cancel();

        Assert.Equal(PendingStatus.Cancelled, await held.StatusAsync());
    }

    [Fact]
    public async Task Dispatch_WhileTheChildIsFull_ThrowsAndDispatchAsyncWaits()
    {
        await using FakeHarness harness = new(new FakeScript(), configure: options => options.Capacity = 2);
        Pending[] held = [harness.Controller.Dispatch("hold"), harness.Controller.Dispatch("hold")];
        await (await harness.FirstAsync()).ReceivedAsync(2);
        // Two in the queue, and one that the loop has taken and cannot send.
        List<Pending> queued = [];
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (queued.Count < 3)
        {
            if (Record.Exception(() => queued.Add(harness.Controller.Dispatch("a"))) is { } full)
            {
                Assert.IsType<QueueFullException>(full);
                await Task.Delay(1, guard.Token);
            }
        }

        Assert.Throws<QueueFullException>(() => harness.Controller.Dispatch("a"));
        Task<Pending> waiting = harness.Controller.DispatchAsync("b").AsTask();
        Assert.False(waiting.IsCompleted);
        Assert.All(queued, pending => Assert.False(pending.IsSettled));

        Assert.All(held, pending => pending.Cancel());

        await (await waiting.Guarded()).Guarded();
        Assert.All(queued, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
    }

    [Fact]
    public async Task TimeOut_OfAnEventThatWaitsForRoom_BeginsInTheChild()
    {
        await using FakeHarness harness = new(new FakeScript(), child: child => child.KillOnTimeout = true);
        Pending[] held = [harness.Controller.Dispatch("hold"), harness.Controller.Dispatch("hold")];
        await (await harness.FirstAsync()).ReceivedAsync(2);
        Pending waiting = harness.Controller.Dispatch(
            "a",
            options: new EventOptions { Timeout = TimeSpan.FromSeconds(1) }
        );

        harness.Clock.Advance(TimeSpan.FromSeconds(5));
        held[0].Cancel();

        Assert.Equal(PendingStatus.Completed, await waiting.StatusAsync());
        held[1].Cancel();
    }

    [Theory]
    [InlineData((int)OutcomeKind.Completed)]
    [InlineData((int)OutcomeKind.Cancelled)]
    [InlineData((int)OutcomeKind.TimedOut)]
    public async Task WordOfAChild_OnAnEventThatHasTimedOutHere_IsPassedOver(int kind)
    {
        await using FakeHarness harness = new(new FakeScript());
        Pending held = harness.Controller.Dispatch(
            "hold",
            options: new EventOptions { Timeout = TimeSpan.FromSeconds(1) }
        );
        await (await harness.FirstAsync()).ReceivedAsync(1);
        await harness.PassTimeAsync(held.SettledAsync());
        Assert.Equal(PendingStatus.TimedOut, held.Status);
        Task idle = harness.Controller.WaitForIdleAsync();
        Assert.False(idle.IsCompleted);

        harness.First.Settle(1, kind: (OutcomeKind)kind);
        if (kind == (int)OutcomeKind.TimedOut)
        {
            harness.First.Say(new WireMessage.Ended(1));
        }

        await idle.Guarded();
        await harness.Controller.Dispatch("a").Guarded();
        Assert.Equal((PendingStatus.TimedOut, 0), (held.Status, harness.Child.Restarts));
    }
}
