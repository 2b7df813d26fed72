namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>Listening: a controller hears the events that another one takes.</summary>
public abstract class ListeningContract : ContractBase
{
    private static readonly SessionKey<string> Layer = new("layer");

    [Fact]
    public async Task ListenedEvent_ArrivesWithAllThatItHad()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = CreateMapped(
            _ => { },
            options => options.Context = SessionContext.Empty.With(Layer, "controller").With("more", 1)
        );
        target.Run();
        IController listener = StartListener(heard, "x");
        using IDisposable tap = listener.Listen(target, "x");

        _ = target.Dispatch("x", "value", SessionContext.Empty.With(Layer, "event"), [1, "two"]);

        ForwardedEvent forwarded = Assert.Single(await heard.WaitForAsync(1));
        Assert.Same(target, forwarded.Source);
        Assert.Equal("x", forwarded.Key);
        Assert.Equal("value", forwarded.Value);
        Assert.Equal([1, "two"], forwarded.Args);
        Assert.True(forwarded.Context.TryGet(Layer, out string? layer));
        Assert.Equal("event", layer);
        Assert.Equal(2, forwarded.Context.Count);
        Assert.Equal(1, forwarded.Hops);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Error_OfATargetThatMapsNone_ArrivesAtItsListener(bool awaited)
    {
        TestFailureException failure = new();
        Journal<ForwardedEvent> heard = new();
        Journal<object> otherwise = new();
        IController target = Start(m =>
            m.On("bad", _ => Throw(failure))
                .On(
                    "worse",
                    async _ =>
                    {
                        await Task.Yield();
                        throw failure;
                    }
                )
                .Otherwise(session => otherwise.Add(session.Event))
        );
        IController listener = StartListener(heard, ControllerEvents.Error.Name);
        using IDisposable tap = listener.Listen(target, ControllerEvents.Error);

        if (awaited)
        {
            await Assert.ThrowsAsync<TestFailureException>(() => target.Dispatch("bad").Guarded());
            await Assert.ThrowsAsync<TestFailureException>(() => target.Dispatch("worse").Guarded());
        }
        else
        {
            target.Post("bad");
            target.Post("worse");
        }

        IReadOnlyList<ForwardedEvent> errors = await heard.WaitForAsync(2);
        await target.WaitForIdleAsync().Guarded();
        Assert.Equal(["bad", "worse"], errors.Select(error => ((HandlerFailure)error.Value!).Event).Order());
        Assert.All(errors, error => Assert.Same(failure, ((HandlerFailure)error.Value!).Exception));
        Assert.Empty(otherwise.Entries);
    }

    [Fact]
    public async Task Error_OfAListenerWhoseErrorHandlerFails_IsHeardOnce()
    {
        Journal<object> heard = new();
        IController target = Start(m => m.On("bad", _ => Throw(new TestFailureException())));
        IController listener = Start(m =>
            m.On(
                ControllerEvents.Error,
                session =>
                {
                    heard.Add(session.Event);
                    Throw(new TestFailureException());
                }
            )
        );
        using IDisposable tap = listener.Listen(target, ControllerEvents.Error);

        target.Post("bad");
        await heard.WaitForAsync(1);
        await MarkerAsync();

        Assert.Equal(1, heard.Count);
    }

    [Fact]
    public async Task OtherKeys_ArriveNever()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "alpha", "alp", "a", "b", "last");
        using IDisposable tap = listener.Listen(target, "alpha", "last");

        foreach (string key in (string[])["a", "alp", "b", "alphabet"])
        {
            await target.Dispatch(key).Guarded();
        }

        _ = target.Dispatch("last");

        Assert.Equal(["last"], (await heard.WaitForAsync(1)).Select(forwarded => forwarded.Key));
    }

    [Fact]
    public async Task ListenedEvent_ArrivesBeforeTheTargetsHandlersHaveEnded()
    {
        Gate gate = NewGate();
        Journal<ForwardedEvent> heard = new();
        IController target = Start(m => m.On("x", async _ => await gate.PassAsync()));
        IController listener = StartListener(heard, "x");
        using IDisposable tap = listener.Listen(target, "x");

        Pending pending = target.Dispatch("x");
        await heard.WaitForAsync(1);

        Assert.False(pending.IsSettled);
        gate.Open();
    }

    [Fact]
    public async Task QueuedEvent_IsNotForwarded_UntilItIsTaken()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "x", "cancelled");
        using IDisposable tap = listener.Listen(target, "x", "cancelled");
        Gate gate = await OccupyAsync(target);
        target.Dispatch("cancelled").Cancel();
        _ = target.Dispatch("x");

        await MarkerAsync();
        Assert.Empty(heard.Entries);
        gate.Open();

        Assert.Equal(["x"], (await heard.WaitForAsync(1)).Select(forwarded => forwarded.Key));
    }

    [Fact]
    public async Task ForwardedEvents_KeepTheOrderOfTheirSource()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Runtime.CreateController();
        target.Run();
        IController listener = Runtime.CreateController(options =>
            options.Mapping.On("x", (ForwardedEvent forwarded) => heard.Add(forwarded))
        );
        listener.Run();
        using IDisposable tap = listener.Listen(target, "x");

        for (int i = 0; i < 1_000; i++)
        {
            target.Post("x", i);
        }

        Assert.Equal(
            Enumerable.Range(0, 1_000),
            (await heard.WaitForAsync(1_000)).Select(forwarded => (int)forwarded.Value!)
        );
    }

    [Fact]
    public async Task ListeningTwice_DeliversOnce()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "x", "last");
        using IDisposable first = listener.Listen(target, "x");
        using IDisposable second = listener.Listen(target, "x", "last");

        await target.Dispatch("x").Guarded();
        await target.Dispatch("last").Guarded();
        await heard.WaitForAsync(2);
        await listener.WaitForIdleAsync().Guarded();

        Assert.Equal(["last", "x"], heard.Entries.Select(forwarded => (string)forwarded.Key).Order());
    }

    [Fact]
    public async Task DisposedListening_HearsNoMore()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "x", "last");
        IDisposable tap = listener.Listen(target, "x");
        using IDisposable stays = listener.Listen(target, "last");

        _ = target.Dispatch("x", 1);
        await heard.WaitForAsync(1);
        tap.Dispose();
        tap.Dispose();
        await target.Dispatch("x", 2).Guarded();
        _ = target.Dispatch("last", 3);

        Assert.Equal([1, 3], (await heard.WaitForAsync(2)).Select(forwarded => forwarded.Value));
    }

    [Fact]
    public async Task PooledListener_HandlesEachEventOnce()
    {
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "x");
        using IDisposable tap = listener.Listen(target, "x");

        for (int i = 0; i < 50; i++)
        {
            target.Post("x", i);
        }

        await heard.WaitForAsync(50);
        await target.WaitForIdleAsync().Guarded();
        await listener.WaitForIdleAsync().Guarded();
        Assert.Equal(Enumerable.Range(0, 50), heard.Entries.Select(forwarded => (int)forwarded.Value!).Order());
    }

    [Fact]
    public async Task TypedKey_AndItsName_AreTheSameToListen()
    {
        EventKey<string> log = new("log");
        Journal<ForwardedEvent> heard = new();
        IController target = Start(_ => { });
        IController listener = StartListener(heard, "log");
        using IDisposable tap = listener.Listen(target, log);

        _ = target.Dispatch(log, "typed");
        await heard.WaitForAsync(1);
        _ = target.Dispatch("log", "bare");

        Assert.Equal(["typed", "bare"], (await heard.WaitForAsync(2)).Select(forwarded => forwarded.Value));
    }

    [Fact]
    public async Task ListenersEnd_DoesNotDisturbTheTarget()
    {
        IController target = Start(m => m.On("x", _ => 1));
        IController listener = Start(_ => { });
        using IDisposable tap = listener.Listen(target, "x");
        await listener.ShutdownAsync().Guarded();

        for (int i = 0; i < 10; i++)
        {
            Assert.Equal([1], await target.Dispatch("x").Guarded());
        }
    }

    [Fact]
    public async Task PlainActor_SubscribedToTheEventStream_HearsListenedEvents()
    {
        ActorProbe probe = new(Runtime.System);
        Runtime.System.EventStream.Subscribe(probe.Ref, typeof(ForwardedEvent));
        IController target = Start(_ => { });
        IController listener = Start(_ => { });
        using IDisposable tap = listener.Listen(target, "x");

        _ = target.Dispatch("x", 7);

        Assert.Equal(7, (await probe.ExpectAsync<ForwardedEvent>()).Value);
    }

    private IController StartListener(Journal<ForwardedEvent> heard, params string[] keys) =>
        Start(m =>
        {
            foreach (string key in keys)
            {
                m.On(key, (ForwardedEvent forwarded) => heard.Add(forwarded));
            }
        });
}
