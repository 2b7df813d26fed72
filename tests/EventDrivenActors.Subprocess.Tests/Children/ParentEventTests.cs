using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>What the child raises in the parent, and what others hear of its events.</summary>
public sealed class ParentEventTests : ChildTest
{
    [Fact]
    public async Task ChildHandler_RaisesEventsInTheParent_InOrder()
    {
        Journal<(int Process, int Number, string Text)> raised = new();
        Controller controller = Harness.Start(
            child => child.Mapping.On("raise", Raise),
            options =>
                options.Mapping.On(
                    "raised",
                    (int number, string text) => raised.Add((Environment.ProcessId, number, text))
                )
        );

        await controller.Dispatch("raise", 100).Guarded();

        Assert.Equal(
            Enumerable.Range(0, 100).Select(number => (Environment.ProcessId, number, $"number {number}")),
            await raised.WaitForAsync(100)
        );
    }

    [Fact]
    public async Task RaisedEvent_ThatTheParentDoesNotMap_RunsInTheChild()
    {
        Controller controller = Harness.Start(child => child.Mapping.On("raise-mark", RaiseMark));

        await controller.Dispatch("raise-mark", 5).Guarded();
        await controller.WaitForIdleAsync().Guarded();

        Assert.Equal([5], await MarksAsync(controller));
    }

    [Fact]
    public async Task RaisedEvent_ThatTheParentRefuses_CostsNothing()
    {
        Controller controller = Harness.Start(
            child => child.Mapping.On("raise-mark", RaiseMark),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.UseOutbound(
                            (outbound, next) =>
                                outbound.Key is "mark" ? throw new TestFailureException() : next(outbound)
                        )
                    )
                )
        );
        int process = await ProcessOfAsync(controller);

        await controller.Dispatch("raise-mark", 5).Guarded();

        Assert.Equal(process, await ProcessOfAsync(controller));
    }

    [Fact]
    public async Task RaisedEvents_InAFullQueue_AreHandledInOrderOrRefusedToTheirHandler()
    {
        using SemaphoreSlim open = new(0);
        Journal<int> raised = new();
        Controller controller = Harness.Start(
            child => child.Mapping.On("raise-all", (Func<Session, int, int>)RaiseAll),
            options =>
            {
                options.Capacity = 10;
                options.Mapping.On(
                    "raised",
                    async (int number) =>
                    {
                        raised.Add(number);
                        await open.WaitAsync();
                    }
                );
            }
        );

        // No room comes before the handler in the child has ended.
        int told = (int)(await controller.Dispatch("raise-all", args: [2_000]).Guarded())[0]!;
        Assert.InRange(told, 2_000 - 10 - 1 - 1 - 256, 1_999);
        Task idle = controller.WaitForIdleAsync();
        Assert.False(idle.IsCompleted);
        open.Release(2_000);
        await idle.Guarded();

        Assert.Equal(2_000 - told, raised.Count);
        Assert.Equal(raised.Entries.Order(), raised.Entries);
        Assert.Equal([0], await controller.Dispatch("raise-all", args: [5]).Guarded());
    }

    [Fact]
    public async Task RaisedEvents_InAQueueWithoutALimit_AllArrive()
    {
        Journal<int> raised = new();
        Controller controller = Harness.Start(
            child => child.Mapping.On("raise-all", (Func<Session, int, int>)RaiseAll),
            options => options.Mapping.On("raised", raised.Add)
        );

        Assert.Equal([0], await controller.Dispatch("raise-all", args: [5_000]).Guarded());

        Assert.Equal(Enumerable.Range(0, 5_000), await raised.WaitForAsync(5_000));
    }

    [Fact]
    public async Task OtherwiseOfTheParent_TakesOnlyWhatTheChildDoesNotMap()
    {
        Controller controller = Harness.Start(configure: options =>
            options.Mapping.Otherwise(session => $"other {session.Event}")
        );

        Assert.NotEqual(Environment.ProcessId, await ProcessOfAsync(controller));
        Assert.Equal(["other unknown"], await controller.Dispatch("unknown").Guarded());
        Assert.Equal(3, await controller.Submit((int a, int b) => a + b, 1, 2).Guarded());
    }

    [Fact]
    public async Task Listener_HearsEventsThatTheChildHandles()
    {
        Journal<ForwardedEvent> heard = new();
        Controller controller = Harness.Start();
        Controller listener = Harness.Runtime.CreateController(options =>
            options.Mapping.On("mark", session => heard.Add((ForwardedEvent)session.Value!))
        );
        listener.Run();
        using IDisposable tap = listener.Listen(controller, "mark");

        await controller.Dispatch("mark", 9).Guarded();

        ForwardedEvent forwarded = Assert.Single(await heard.WaitForAsync(1));
        Assert.Same(controller, forwarded.Source);
        Assert.Equal(9, forwarded.Value);
    }

    private static void Raise(Session session)
    {
        for (int number = 0; number < (int)session.Value!; number++)
        {
            session.Parent!.Dispatch("raised", args: [number, $"number {number}"]);
        }
    }

    private static int RaiseAll(Session session, int count)
    {
        int refused = 0;
        for (int number = 0; number < count; number++)
        {
            try
            {
                session.Parent!.Dispatch("raised", args: [number]);
            }
            catch (QueueFullException)
            {
                refused++;
            }
        }

        return refused;
    }

    private static void RaiseMark(Session session) => session.Parent!.Dispatch("mark", session.Value);
}
