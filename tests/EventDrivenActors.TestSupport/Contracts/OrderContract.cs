using Akka.Actor;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P2 and P3 for one loop: one handler at a time, in the order of dispatch.</summary>
public abstract class OrderContract : ContractBase
{
    [Fact]
    public async Task Handlers_OfManyThreads_KeepEachThreadsOrderAndNeverOverlap()
    {
        int running = 0;
        int overlaps = 0;
        int[] next = new int[100];
        int outOfOrder = 0;
        IController controller = Start(m =>
            m.On(
                "x",
                (int thread, int number) =>
                {
                    overlaps += Interlocked.Increment(ref running) - 1;
                    outOfOrder += next[thread] == number ? 0 : 1;
                    next[thread] = number + 1;
                    Interlocked.Decrement(ref running);
                }
            )
        );

        await Crowd.RunAsync(
            100,
            thread =>
            {
                for (int i = 0; i < 1_000; i++)
                {
                    controller.Dispatch("x", args: [thread, i]);
                }
            }
        );
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(0, overlaps);
        Assert.Equal(0, outOfOrder);
        Assert.All(next, count => Assert.Equal(1_000, count));
    }

    [Fact]
    public async Task AsyncHandlers_OfManyThreads_NeverOverlap()
    {
        int running = 0;
        int overlaps = 0;
        int handled = 0;
        IController controller = Start(m =>
            m.On(
                "x",
                async _ =>
                {
                    overlaps += Interlocked.Increment(ref running) - 1;
                    await Task.Yield();
                    handled++;
                    Interlocked.Decrement(ref running);
                }
            )
        );

        await Crowd.RunAsync(
            8,
            _ =>
            {
                for (int i = 0; i < 500; i++)
                {
                    controller.Dispatch("x");
                }
            }
        );
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(0, overlaps);
        Assert.Equal(4_000, handled);
    }

    [Fact]
    public async Task NextEvent_WhileAnAsyncHandlerRuns_Waits()
    {
        Gate gate = NewGate();
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On(
                    "slow",
                    async _ =>
                    {
                        await gate.PassAsync();
                        journal.Add("slow");
                    }
                )
                .On("next", _ => journal.Add("next"))
        );
        _ = controller.Dispatch("slow");
        Pending next = controller.Dispatch("next");
        await gate.Entered;

        Assert.Equal(PendingStatus.Queued, next.Status);
        gate.Open();
        await next.Guarded();

        Assert.Equal(["slow", "next"], journal.Entries);
    }

    [Fact]
    public async Task EveryWayIn_FromOneThread_SharesOneOrder()
    {
        Journal<object?> journal = new();
        EventKey<int> typed = new("x");
        IController controller = Start(m => m.On("x", (int n) => journal.Add(n)));
        Gate gate = await OccupyAsync(controller);

        _ = controller.Dispatch("x", 0);
        controller.Post("x", 1);
        controller.PostMany("x", 2, 3);
        _ = controller.Submit(() => journal.Add(4));
        _ = controller.Dispatch(typed, 5);
        await controller.DispatchAsync("x", 6);
        controller.Post("x", 7);
        gate.Open();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(Enumerable.Range(0, 8).Cast<object?>(), journal.Entries);
    }

    [Fact]
    public async Task EventsQueuedBeforeRun_ThenRun_StartInOrder()
    {
        Journal<int> journal = new();
        IController controller = CreateMapped(m => m.On("x", (int n) => journal.Add(n)));
        for (int i = 0; i < 100; i++)
        {
            controller.Post("x", i);
        }

        Assert.Equal(0, journal.Count);
        controller.Run();
        controller.Post("x", 100);
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(Enumerable.Range(0, 101), journal.Entries);
    }

    [Fact]
    public async Task PostMany_AgainstOtherThreads_KeepsItsEventsTogether()
    {
        Journal<int> journal = new();
        IController controller = Start(m => m.On("x", (int n) => journal.Add(n)));

        await Crowd.RunAsync(
            8,
            thread =>
            {
                for (int i = 0; i < 200; i++)
                {
                    controller.PostMany("x", thread, thread, thread);
                }
            }
        );
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(8 * 200 * 3, journal.Count);
        Assert.All(journal.Entries.Chunk(3), batch => Assert.Single(batch.Distinct()));
    }

    [Fact]
    public async Task Event_DispatchedByAHandler_RunsBehindWhatIsQueued()
    {
        Journal<string> journal = new();
        IController controller = null!;
        controller = Start(m =>
            m.On(
                    "first",
                    _ =>
                    {
                        controller.Dispatch("third");
                        journal.Add("first");
                    }
                )
                .On("second", _ => journal.Add("second"))
                .On("third", _ => journal.Add("third"))
        );
        Gate gate = await OccupyAsync(controller);
        _ = controller.Dispatch("first");
        _ = controller.Dispatch("second");

        gate.Open();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal(["first", "second", "third"], journal.Entries);
    }

    [Fact]
    public async Task Error_OfAFailedHandler_IsRaisedBeforeTheNextQueuedEvent()
    {
        Journal<string> journal = new();
        IController controller = Start(m =>
            m.On("bad", _ => Throw(new TestFailureException()))
                .On("good", _ => journal.Add("good"))
                .On(ControllerEvents.Error, (_, failure) => journal.Add($"error of {failure.Event}"))
        );
        Gate gate = await OccupyAsync(controller);
        controller.Post("bad");
        controller.Post("good");

        gate.Open();

        Assert.Equal(["error of bad", "good"], await journal.WaitForAsync(2));
    }

    [Fact]
    public async Task Tells_OfOneThread_KeepTheirOrder()
    {
        Journal<int> journal = new();
        IController controller = Start(m => m.On("x", (int n) => journal.Add(n)));

        for (int i = 0; i < 1_000; i++)
        {
            controller.Ref.Tell(new ControllerEvent("x", i));
        }

        Assert.Equal(Enumerable.Range(0, 1_000), await journal.WaitForAsync(1_000));
    }
}
