namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P2 for any number of workers: that many handlers run at once, and never one more.</summary>
public abstract class ConcurrencyContract : ContractBase
{
    [Fact]
    public async Task Handlers_WithMoreEventsThanWorkers_RunAsManyAsThereAreWorkers()
    {
        int running = 0;
        Gate gate = NewGate();
        Journal<int> concurrent = new();
        IController controller = Start(m =>
            m.On(
                "x",
                async _ =>
                {
                    concurrent.Add(Interlocked.Increment(ref running));
                    await gate.PassAsync();
                    Interlocked.Decrement(ref running);
                }
            )
        );
        Pending[] pendings = [.. Enumerable.Range(0, 5 * Workers).Select(_ => controller.Dispatch("x"))];

        await concurrent.WaitForAsync(Workers);
        Assert.Equal(4 * Workers, pendings.Count(pending => pending.Status == PendingStatus.Queued));
        gate.Open();
        foreach (Pending pending in pendings)
        {
            await pending.Guarded();
        }

        Assert.Equal(Workers, concurrent.Entries.Max());
    }

    [Fact]
    public async Task Events_WhileAllWorkersAreBusy_StartInTheOrderOfDispatch()
    {
        Journal<int> started = new();
        IController controller = Start(m => m.On("x", (int n) => started.Add(n)));
        Gate first = await OccupyAsync(controller, Workers - 1);
        for (int i = 0; i < 200; i++)
        {
            _ = controller.Dispatch("x", i);
        }

        Assert.Equal(Enumerable.Range(0, 200), await started.WaitForAsync(200));
        first.Open();
    }

    [Fact]
    public async Task Handler_ThatNeverEnds_LeavesTheOtherWorkersToWork()
    {
        IController controller = Start(m => m.On("x", _ => 1));
        Gate gate = await OccupyAsync(controller, Workers - 1);

        foreach (Pending pending in Enumerable.Range(0, 100).Select(_ => controller.Dispatch("x")).ToArray())
        {
            Assert.Equal([1], await pending.Guarded());
        }

        gate.Open();
    }
}
