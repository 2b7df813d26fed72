using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What the events of a child that dies end as.</summary>
public sealed class DeathTests : ChildTest
{
    [Theory]
    [InlineData(0)]
    [InlineData(7)]
    public async Task Child_ThatExits_LosesItsEventWithTheCodeAndItsLastLines(int code)
    {
        Controller controller = Harness.Start();

        ChildLostException lost = await LostAsync(controller.Dispatch("exit", code));

        Assert.Equal((code, (int?)null, (bool?)true), (lost.ExitCode, lost.Signal, lost.Started));
        Assert.Contains($"leaving with {code}", lost.LastErrorLines);
        Assert.Contains("'exit'", lost.Message);
        Assert.Contains($"'{controller.Name}'", lost.Message);
        await ProcessOfAsync(controller);
        Assert.Equal(1, Harness.Child.Restarts);
    }

    [Fact]
    public async Task TypeOfAnEarlierSubmission_StillCrossesToTheNextChild()
    {
        Controller controller = Harness.Start();
        Point point = new(1, 2);
        await controller.Submit((Point one) => one.X, point).Guarded();

        await LostAsync(controller.Dispatch("exit", 1));

        Assert.Equal($"{point}", await controller.Submit((object value) => $"{value}", point).Guarded());
    }

    [Fact]
    public async Task Child_ThatFailsFast_SaysWhere()
    {
        Controller controller = Harness.Start();

        ChildLostException lost = await LostAsync(controller.Submit(ChildWork.FailFast));

        Assert.Equal(6, lost.Signal);
        Assert.True(lost.Started);
        Assert.Contains(lost.LastErrorLines, line => line.TrimStart().StartsWith("at ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Child_ThatOverflowsItsStack_LosesItsEvent()
    {
        Controller controller = Harness.Start();

        ChildLostException lost = await LostAsync(controller.Submit(ChildWork.Overflow, 0));

        Assert.Equal(6, lost.Signal);
        Assert.True(lost.Started);
        await ProcessOfAsync(controller);
    }

    [Fact]
    public async Task Child_KilledFromOutside_LosesWhatItHadAndTheNextTakesTheRest()
    {
        Controller controller = Harness.Start(
            child => child.MaxInFlight = 2,
            parent => parent.Mapping.On("heard", (string line) => Harness.Said.Add(line))
        );
        int process = await ProcessOfAsync(controller);
        Pending running = controller.Dispatch("hold-in-order");
        await Harness.HeardAsync("holding");
        Pending sent = controller.Dispatch("process");
        Pending[] queued = [controller.Dispatch("process"), controller.Dispatch("process")];

        Native.Kill(process, Native.SigKill);

        ChildLostException lost = await LostAsync(running);
        Assert.Equal((9, null, true, process), (lost.Signal, lost.ExitCode, lost.Started, lost.ProcessId));
        int next = await ProcessOfAsync(controller);
        Assert.NotEqual(process, next);
        Assert.Equal([next], await sent.Guarded());
        Assert.Equal([next], await queued[0].Guarded());
        Assert.Equal([next], await queued[1].Guarded());
    }

    [Fact]
    public async Task IdempotentEvents_AreDeliveredAgainInOrder()
    {
        Controller controller = Harness.Start(
            child => child.Idempotent("hold", "mark", "attempt"),
            parent => parent.Mapping.On("passed", () => { })
        );
        await ProcessOfAsync(controller);
        Pending held = controller.Dispatch("hold");
        await Harness.HeardAsync("holding");
        Pending attempt = controller.Dispatch("attempt");
        Pending[] marks = [.. Enumerable.Range(1, 5).Select(number => controller.Dispatch("mark", number))];

        await controller.Dispatch("passed").Guarded();
        Harness.Child.Kill();
        await Harness.Said.WaitForAsync(2);
        held.Cancel();

        Assert.Equal(PendingStatus.Completed, await held.StatusAsync());
        Assert.Equal([1], await attempt.Guarded());
        await marks[^1].Guarded();
        Assert.Equal(Enumerable.Range(1, 5), await MarksAsync(controller));
    }

    [Fact]
    public async Task IdempotentEvent_ThatKillsItsChildren_EndsWhenOneLivesOrAsPoisoned()
    {
        Controller controller = Harness.Start(child =>
        {
            child.Idempotent("kill-first-attempts");
            child.MaxAttempts = 2;
        });

        Assert.Equal([2], await controller.Dispatch("kill-first-attempts", args: [2]).Guarded());
        Pending poisoned = controller.Dispatch("kill-first-attempts", args: [9]);
        PoisonedEventException failure = await Assert.ThrowsAsync<PoisonedEventException>(() => poisoned.Guarded());

        Assert.Equal(PendingStatus.Poisoned, poisoned.Status);
        Assert.Equal(2, failure.Attempts);
        Assert.Contains("'kill-first-attempts'", failure.Message);
        await ProcessOfAsync(controller);
    }

    private static async Task<ChildLostException> LostAsync(Pending pending)
    {
        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() => pending.Guarded());
        Assert.Equal(PendingStatus.ChildLost, pending.Status);
        return lost;
    }
}
