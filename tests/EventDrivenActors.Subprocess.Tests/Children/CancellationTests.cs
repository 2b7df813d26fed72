using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

public sealed class CancellationTests : ChildTest
{
    [Fact]
    public async Task Event_CancelledBeforeItsStart_NeverRuns()
    {
        Controller controller = Harness.Start();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending[] marks = [.. Enumerable.Range(0, 10).Select(number => controller.Dispatch("mark", number))];

        foreach (Pending even in marks.Where((_, number) => number % 2 == 0))
        {
            even.Cancel();
        }

        for (int number = 0; number < marks.Length; number += 2)
        {
            Assert.Equal(PendingStatus.Cancelled, await marks[number].StatusAsync());
        }

        held.Cancel();
        for (int number = 1; number < marks.Length; number += 2)
        {
            Assert.Equal(PendingStatus.Completed, await marks[number].StatusAsync());
        }

        Assert.Equal([1, 3, 5, 7, 9], await MarksAsync(controller));
    }

    [Fact]
    public async Task Cancellation_ThatOvertakesItsEvent_Holds()
    {
        Controller controller = Harness.Start();
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");

        // Big ones wait on the link for receipts, which the cancellations behind them do not.
        Pending[] marks =
        [
            .. Enumerable
                .Range(0, 20)
                .Select(number => controller.Dispatch("mark", args: [number, new byte[1024 * 1024]])),
        ];
        await controller.PendingAsync().Guarded();
        Assert.All(marks, mark => Assert.True(mark.Cancel()));
        foreach (Pending mark in marks)
        {
            Assert.Equal(PendingStatus.Cancelled, await mark.StatusAsync());
        }

        held.Cancel();

        Assert.Empty(await MarksAsync(controller));
    }

    [Fact]
    public async Task RunningEvent_Cancelled_HasItsTokenFired()
    {
        Controller controller = Harness.Start();
        Pending obeying = controller.Dispatch("obey-token");
        await Harness.HeardAsync("obeying");

        Assert.True(obeying.Cancel());

        Assert.Equal(PendingStatus.Cancelled, await obeying.StatusAsync());
        await Harness.HeardAsync("fired");
    }

    [Fact]
    public async Task Token_OfTheCaller_CancelsInTheChild()
    {
        using CancellationTokenSource source = new();
        Controller controller = Harness.Start();
        Pending obeying = controller.Dispatch("obey-token", cancellationToken: source.Token);
        await Harness.HeardAsync("obeying");

        await source.CancelAsync();

        Assert.Equal(PendingStatus.Cancelled, await obeying.StatusAsync());
    }

    [Fact]
    public async Task Event_CancelledWhileItWaitsForRoom_NeverRuns()
    {
        Controller controller = Harness.Start(child => child.MaxInFlight = 1);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending waiting = controller.Dispatch("mark", 1);
        await controller.PendingAsync().Guarded();

        waiting.Cancel();

        Assert.Equal(PendingStatus.Cancelled, await waiting.StatusAsync());
        held.Cancel();
        Assert.Empty(await MarksAsync(controller));
    }
}
