using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Listening;

/// <summary>Listening as plain actors see it: on the event stream.</summary>
public sealed class EventStreamTests() : ControllerTestKit(configure: options => options.FailOnUnhandledEvents = false)
{
    [Fact]
    public async Task SubscribedActor_HearsListenedEventsOfControllersAndPools()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(ForwardedEvent));
        Controller controller = CreateController(options => options.Mapping.On("x", _ => 1));
        ControllerPool pool = CreatePool(3, options => options.Mapping.On("x", _ => 1));
        Controller listener = CreateController();
        using IDisposable taps = listener.Listen(controller, "x");
        using IDisposable more = listener.Listen(pool, "x");
        controller.Run();
        pool.Run();

        foreach (IController target in (IController[])[controller, pool])
        {
            await target.Dispatch("not listened").Guarded();
            await target.Dispatch("x", "value", args: [1, 2]).Guarded();
            ForwardedEvent heard = await ExpectMsgAsync<ForwardedEvent>(HangGuard.Limit);
            Assert.Same(target, heard.Source);
            Assert.Equal(("x", "value"), (heard.Key, heard.Value));
            Assert.Equal([1, 2], heard.Args);
        }
    }

    [Fact]
    public async Task ControllerThatNobodyListensTo_PublishesNothing()
    {
        Sys.EventStream.Subscribe(TestActor, typeof(ForwardedEvent));
        Sys.EventStream.Subscribe(TestActor, typeof(string));
        Controller target = CreateController(options => options.Mapping.On("x", _ => 1));
        Controller listener = CreateController();
        target.Run();

        await target.Dispatch("x", "before").Guarded();
        using (listener.Listen(target, "x"))
        {
            await target.Dispatch("x", "meanwhile").Guarded();
        }

        await target.Dispatch("x", "after").Guarded();
        Sys.EventStream.Publish("marker");

        Assert.Equal("meanwhile", (await ExpectMsgAsync<ForwardedEvent>(HangGuard.Limit)).Value);
        await ExpectMsgAsync("marker", HangGuard.Limit);
    }

    [Fact]
    public async Task OtherListeners_GetNothing()
    {
        Journal<object?> heard = new();
        int others = 0;
        Controller target = CreateController();
        Controller quiet = CreateController();
        target.Run();
        List<IDisposable> taps = [];
        List<Controller> listeners = [];
        for (int i = 0; i < 1000; i++)
        {
            Controller listener = CreateController(options =>
                options.Mapping.Otherwise(_ => Interlocked.Increment(ref others)).On("marker", _ => 1)
            );
            taps.Add(i % 2 == 0 ? listener.Listen(quiet, "x") : listener.Listen(target, "other"));
            listener.Run();
            listeners.Add(listener);
        }

        Controller the = CreateController(options =>
            options.Mapping.On("x", (ForwardedEvent forwarded) => heard.Add(forwarded.Value))
        );
        the.Run();
        taps.Add(the.Listen(target, "x"));

        foreach (int number in Enumerable.Range(0, 50))
        {
            target.Post("x", number);
        }

        Assert.Equal(Enumerable.Range(0, 50).Cast<object?>(), await heard.WaitForAsync(50));
        await Task.WhenAll(listeners.Select(listener => listener.Dispatch("marker").AsTask())).Guarded();
        Assert.Equal(0, Volatile.Read(ref others));
        taps.ForEach(tap => tap.Dispose());
    }
}
