using EventDrivenActors.Advanced;

namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>Events whose settlement an inbound filter has taken over.</summary>
public abstract class DeferContract : ContractBase
{
    private readonly Journal<DeferredEvent> _deferred = new();

    [Fact]
    public async Task DeferredEvent_SettledLater_LetsTheLoopGoOnMeanwhile()
    {
        IController controller = StartDeferring();
        Pending[] away = [.. Enumerable.Range(0, 3 * Workers).Select(n => controller.Dispatch("away", n))];
        IReadOnlyList<DeferredEvent> deferred = await _deferred.WaitForAsync(away.Length);

        Assert.Equal([1], await controller.Dispatch("here").Guarded());
        Assert.All(away, pending => Assert.Equal(PendingStatus.Running, pending.Status));
        Assert.False(controller.IsIdle);
        foreach (DeferredEvent item in deferred)
        {
            Assert.True(item.IsOpen);
            Assert.True(item.Settle(EventOutcome.Completed([$"result of {item.Value}"])));
            Assert.False(item.Settle(EventOutcome.Cancelled));
            Assert.False(item.IsOpen);
        }

        for (int n = 0; n < away.Length; n++)
        {
            Assert.Equal([$"result of {n}"], await away[n].Guarded());
        }

        await controller.WaitForIdleAsync().Guarded();
    }

    [Fact]
    public async Task DeferredEvent_KeepsItsData()
    {
        SessionKey<string> layer = new("layer");
        IController controller = StartDeferring();
        _ = controller.Dispatch("away", "value", SessionContext.Empty.With(layer, "event"), [1, 2]);
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];
        await controller.Dispatch("here", "other").Guarded();

        Assert.Equal("away", deferred.Key);
        Assert.Equal("value", deferred.Value);
        Assert.Equal([1, 2], deferred.Args);
        Assert.True(deferred.Context.TryGet(layer, out string? seen));
        Assert.Equal("event", seen);
        deferred.Settle(EventOutcome.Skipped);
    }

    [Fact]
    public async Task DeferredEvent_SettledAsFaulted_RaisesError()
    {
        TestFailureException failure = new();
        Journal<HandlerFailure> errors = new();
        IController controller = StartDeferring(m => m.On(ControllerEvents.Error, (_, error) => errors.Add(error)));
        Pending pending = controller.Dispatch("away", 5);

        (await _deferred.WaitForAsync(1))[0].Settle(EventOutcome.Faulted(failure));

        Assert.Same(failure, await Assert.ThrowsAsync<TestFailureException>(() => pending.Guarded()));
        Assert.Same(failure, Assert.Single(await errors.WaitForAsync(1)).Exception);
    }

    [Fact]
    public async Task DeferredPost_SettledAsFaulted_RaisesError()
    {
        TestFailureException failure = new();
        Journal<HandlerFailure> errors = new();
        IController controller = StartDeferring(m => m.On(ControllerEvents.Error, (_, error) => errors.Add(error)));
        controller.Post("away", 5);

        (await _deferred.WaitForAsync(1))[0].Settle(EventOutcome.Faulted(failure));

        Assert.Same(failure, Assert.Single(await errors.WaitForAsync(1)).Exception);
    }

    [Fact]
    public async Task DeferredEvent_Cancelled_FiresItsToken()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];
        Gate fired = NewGate();
        deferred.CancellationToken.Register(() => fired.PassAsync());

        Assert.True(pending.Cancel());
        await fired.Entered;
        Assert.True(deferred.Settle(EventOutcome.Cancelled) || pending.IsSettled);

        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
    }

    [Fact]
    public async Task DeferredEvent_Cancelled_CallsBackAndDoesSoAtOnceForWhoComesLater()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];
        Gate fired = NewGate();
        deferred.WhenCancelled(() => fired.PassAsync());

        Assert.True(pending.Cancel());
        await fired.Entered;
        bool late = false;
        deferred.WhenCancelled(() => late = true);

        Assert.True(late);
        Assert.True(deferred.CancellationToken.IsCancellationRequested);
        Assert.True(deferred.Settle(EventOutcome.Cancelled) || pending.IsSettled);
    }

    [Fact]
    public async Task Drain_WaitsForDeferredEvents()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        await MarkerAsync();
        Assert.False(ending.IsCompleted);
        Assert.True(deferred.Settle(EventOutcome.Completed([1])));

        Assert.True((await ending.Guarded()).Ended);
        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task DeferredEvent_NeverSettled_EndsWithItsController()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];

        await Time.DriveAsync(controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(1)));

        Assert.True(await pending.StatusAsync() is PendingStatus.Closed or PendingStatus.Cancelled);
        Assert.False(deferred.Settle(EventOutcome.Completed([1])));
        Assert.Equal(ControllerState.Stopped, controller.State);
    }

    [Fact]
    public async Task DeferredEvent_OfAnAbortedController_SettlesAtOnce()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];
        Gate fired = NewGate();
        deferred.CancellationToken.Register(() => fired.PassAsync());

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        await fired.Entered;
        Assert.True(await pending.StatusAsync() is PendingStatus.Closed or PendingStatus.Cancelled);
    }

    [Fact]
    public async Task Finish_CancelsDeferredEventsThatHaveNotStarted_AndWaitsForTheOthers()
    {
        IController controller = StartDeferring(adapter: context => context.Lifecycle.OnFinishing(CancelWaiting));
        Pending running = controller.Dispatch("away", "running");
        Pending[] waiting = [.. Enumerable.Range(0, 3 * Workers).Select(_ => controller.Dispatch("away", "waiting"))];
        IReadOnlyList<DeferredEvent> deferred = await _deferred.WaitForAsync(waiting.Length + 1);

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Finish);
        foreach (Pending pending in waiting)
        {
            Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        }

        await MarkerAsync();
        Assert.False(running.IsSettled || ending.IsCompleted);
        deferred.Single(item => item.Value is "running").Settle(EventOutcome.Completed([1]));

        // The pool notifies its workers one after the other, and this adapter cancels the events of all of them at the
        // first notice.
        Assert.InRange((await ending.Guarded()).Cancelled, Workers == 1 ? waiting.Length : 0, waiting.Length);
        Assert.Equal([1], await running.Guarded());

        void CancelWaiting()
        {
            foreach (DeferredEvent item in _deferred.Entries.Where(item => item.Value is "waiting"))
            {
                item.Settle(EventOutcome.Cancelled);
            }
        }
    }

    [Fact]
    public async Task Clean_CancelsWhatAdaptersHold()
    {
        IController controller = StartDeferring(adapter: context =>
            context.Lifecycle.InPlace.OnCleaning(() =>
                _deferred.Entries.Count(item => item.Settle(EventOutcome.Cancelled))
            )
        );
        Pending[] held = [.. Enumerable.Range(0, 3 * Workers).Select(_ => controller.Dispatch("away"))];
        await _deferred.WaitForAsync(held.Length);

        Assert.Equal(held.Length, controller.Clean());

        Assert.All(held, pending => Assert.Equal(PendingStatus.Cancelled, pending.Status));
        Assert.Equal([1], await controller.Dispatch("here").Guarded());
    }

    [Fact]
    public async Task Withdraw_OfADeferredEvent_LeavesItAlone()
    {
        IController controller = StartDeferring();
        Pending pending = controller.Dispatch("away");
        DeferredEvent deferred = (await _deferred.WaitForAsync(1))[0];

        Assert.False(pending.Withdraw());

        Assert.False(deferred.CancellationToken.IsCancellationRequested);
        deferred.Settle(EventOutcome.Completed([1]));
        Assert.Equal([1], await pending.Guarded());
    }

    [Fact]
    public async Task Tokens_OfDeferredEvents_FireInTheOrderOfTheirCancellation()
    {
        Journal<object?> fired = new();
        IController controller = StartDeferring();
        Pending[] away = [.. Enumerable.Range(0, 200).Select(n => controller.Dispatch("away", n))];
        foreach (DeferredEvent item in await _deferred.WaitForAsync(away.Length))
        {
            item.CancellationToken.Register(() => fired.Add(item.Value));
        }

        // In a pool each worker has its own order.
        Pending[] cancelled = Workers == 1 ? away : [];
        foreach (Pending pending in cancelled)
        {
            Assert.True(pending.Cancel());
        }

        Assert.Equal(Enumerable.Range(0, cancelled.Length).Cast<object?>(), await fired.WaitForAsync(cancelled.Length));
    }

    [Fact]
    public async Task DeferredEvents_SettledByManyThreadsAtOnce_SettleOnce()
    {
        IController controller = StartDeferring();
        Pending[] pendings = [.. Enumerable.Range(0, 500).Select(_ => controller.Dispatch("away"))];
        IReadOnlyList<DeferredEvent> deferred = await _deferred.WaitForAsync(pendings.Length);
        int settled = 0;

        await Crowd.RunAsync(
            8,
            _ =>
            {
                foreach (DeferredEvent item in deferred)
                {
                    Interlocked.Add(ref settled, item.Settle(EventOutcome.Completed([1])) ? 1 : 0);
                }
            }
        );

        Assert.Equal(pendings.Length, settled);
        Assert.All(pendings, pending => Assert.Equal(PendingStatus.Completed, pending.Status));
        await controller.WaitForIdleAsync().Guarded();
    }

    private IController StartDeferring(Action<MappingBlueprint>? map = null, Action<IAdapterContext>? adapter = null) =>
        Start(
            m =>
            {
                m.On("here", _ => 1);
                map?.Invoke(m);
            },
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        adapter?.Invoke(context);
                        context.UseInbound(
                            (session, next) =>
                            {
                                if (session.Event is not "away")
                                {
                                    return next(session);
                                }

                                _deferred.Add(session.Defer());
                                return ValueTask.CompletedTask;
                            }
                        );
                    })
                )
        );
}
