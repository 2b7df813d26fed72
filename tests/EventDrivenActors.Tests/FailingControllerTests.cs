using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests;

/// <summary>
/// An adapter makes its controller fail: every open event ends as the adapter says, and not as cancelled because its
/// token fires.
/// </summary>
public sealed class FailingControllerTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private readonly Journal<DeferredEvent> _deferred = new();
    private IControllerLifecycle _lifecycle = null!;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task DeferredEvent_IsSettledBeforeItsTokenFires()
    {
        Controller controller = Start();
        using ManualResetEventSlim cancelled = new();
        Pending lost = controller.Dispatch("lost");
        Pending later = controller.Dispatch("later");
        foreach (DeferredEvent item in await _deferred.WaitForAsync(2))
        {
            item.WhenCancelled(() =>
            {
                item.Settle(EventOutcome.Cancelled);
                if (item.Key is "later")
                {
                    cancelled.Set();
                }
            });
        }

        // Tokens fire in order: when that of the later event has, one of the first would have fired as well.
        _lifecycle.Fail(
            new TestFailureException(),
            Lost(key =>
            {
                if (key is "lost")
                {
                    later.Cancel();
                    Assert.True(cancelled.Wait(HangGuard.Limit));
                }
            })
        );

        Assert.Equal(PendingStatus.ChildLost, await lost.StatusAsync());
        Assert.Equal(PendingStatus.Cancelled, await later.StatusAsync());
    }

    [Fact]
    public async Task RunningEvent_IsSettledBeforeItsTokenFires()
    {
        Gate gate = new();
        CancellationToken token = default;
        Controller controller = Start(m =>
            m.On(
                "running",
                async session =>
                {
                    token = session.CancellationToken;
                    await gate.PassAsync().WaitAsync(token);
                }
            )
        );
        Pending running = controller.Dispatch("running");
        await gate.Entered;
        bool? fired = null;

        _lifecycle.Fail(new TestFailureException(), Lost(_ => fired ??= token.IsCancellationRequested));

        Assert.Equal(PendingStatus.ChildLost, await running.StatusAsync());
        Assert.False(fired);
        await controller.WaitAsync().Guarded();
        Assert.True(token.IsCancellationRequested);
    }

    [Fact]
    public async Task EventThatAFilterLetsThroughMeanwhile_EndsAsTheOthers()
    {
        Gate filter = new();
        Controller controller = Start(m => m.On("filtered", _ => 1).On("queued", _ => 1), filter);
        Pending filtered = controller.Dispatch("filtered");
        await filter.Entered;
        await controller.SuspendAsync().Guarded();
        Pending queued = controller.Dispatch("queued");

        _lifecycle.Fail(
            new TestFailureException(),
            Lost(key =>
            {
                if (key is "queued")
                {
                    filter.Open();
                    Assert.True(SpinWait.SpinUntil(() => filtered.IsSettled, HangGuard.Limit));
                }
            })
        );

        Assert.Equal(PendingStatus.ChildLost, await filtered.StatusAsync());
        Assert.Equal(PendingStatus.ChildLost, await queued.StatusAsync());
        await controller.WaitAsync().Guarded();
        Assert.Equal(ControllerState.Failed, controller.State);
    }

    [Fact]
    public async Task StoppedController_StaysAsItIs()
    {
        Journal<string> callbacks = new();
        Controller controller = Start(callbacks: callbacks);
        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        _lifecycle.Fail(new TestFailureException(), Lost(_ => { }));

        Assert.Equal(ControllerState.Stopped, controller.State);
        Assert.Equal(["stopped"], callbacks.Entries);
        controller.Run();
        await controller.ShutdownAsync().Guarded();
    }

    private static EventOutcome Lost(Action<object> settles) =>
        EventOutcome.ChildLost(key =>
        {
            settles(key);
            return new ChildLostException($"The child of '{key}' is gone.");
        });

    private Controller Start(
        Action<MappingBlueprint>? map = null,
        Gate? filter = null,
        Journal<string>? callbacks = null
    )
    {
        Controller controller = _runtime.CreateController(options =>
        {
            map?.Invoke(options.Mapping);
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    _lifecycle = context.Lifecycle;
                    _lifecycle.OnStopped(() => callbacks?.Add("stopped"));
                    _lifecycle.InPlace.OnFaulted(_ => callbacks?.Add("faulted"));
                    context.UseInbound(
                        async (session, next) =>
                        {
                            if (session.Event is "lost" or "later")
                            {
                                _deferred.Add(session.Defer());
                                return;
                            }

                            await (session.Event is "filtered" ? filter!.PassAsync() : Task.CompletedTask);
                            await next(session);
                        }
                    );
                })
            );
        });
        controller.Run();
        return controller;
    }
}
