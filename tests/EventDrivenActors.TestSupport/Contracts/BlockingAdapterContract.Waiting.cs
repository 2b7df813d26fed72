namespace EventDrivenActors.TestSupport.Contracts;

/// <content>Callbacks that wait, and the calls that they hold up.</content>
public abstract partial class BlockingAdapterContract
{
    /// <summary>Starts a controller whose adapter never ends its first OnStarting.</summary>
    private async Task<IController> StartBlockedAsync()
    {
        int starts = 0;
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.Lifecycle.OnStarting(() =>
                        {
                            if (Interlocked.Increment(ref starts) <= Workers)
                            {
                                _journal.Add("blocks");
                                _released.Wait(HangGuard.Limit);
                            }
                        })
                    )
                )
        );
        controller.Run();
        await _journal.WaitForAsync(Workers);
        return controller;
    }

    [Fact]
    public async Task Callback_ThatWaitsForItsTurn_HasItsTimeFromItsOwnBeginning()
    {
        using ManualResetEventSlim first = new();
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    context.Lifecycle.OnStarted(() => Block("first", first));
                    context.Lifecycle.OnStarted(() => Block("second", _released));
                    context.Lifecycle.OnStarted(() => _journal.Add("third"));
                })
            )
        );
        controller.Run();
        await _journal.WaitForAsync(1);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(4));
        first.Set();
        await _journal.WaitForAsync(2);

        Assert.Equal(TimeSpan.FromSeconds(5), Time.NextDue);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(["first", "second", "third"], await _journal.WaitForAsync(3));
        _released.Set();

        void Block(string callback, ManualResetEventSlim end)
        {
            _journal.Add(callback);
            end.Wait(HangGuard.Limit);
        }
    }

    [Fact]
    public async Task Suspended_ThatBlocks_FailsTheWaitAndNothingElse()
    {
        Journal<int> blocked = new();
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
            {
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                        context.Lifecycle.OnSuspended(() =>
                        {
                            blocked.Add(0);
                            _released.Wait(HangGuard.Limit);
                        })
                    )
                );
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnSuspended(() => _journal.Add("suspended"));
                        context.Lifecycle.OnResumed(() => _journal.Add("resumed"));
                    })
                );
            }
        );
        controller.Run();

        Task suspending = controller.SuspendAsync();
        controller.Resume();

        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        await blocked.WaitForAsync(Workers);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        Assert.Equal("suspended", (await _journal.WaitForAsync(2 * Workers))[0]);
        Assert.False(suspending.IsCompleted);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(10));
        TimeoutException late = await Assert.ThrowsAsync<TimeoutException>(() => suspending.Guarded());
        Assert.Contains("within 00:00:15", late.Message);
        _released.Set();
    }

    [Fact]
    public async Task Clean_CountsNothingThatHasNotEnded()
    {
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnCleaning(() => 2);
                        context.Lifecycle.OnCleaning(() =>
                        {
                            _journal.Add("blocks");
                            _released.Wait(HangGuard.Limit);
                            return 100;
                        });
                    })
                )
        );
        controller.Run();
        TaskCompletionSource<int> cleaned = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => cleaned.SetResult(controller.Clean())) { IsBackground = true }.Start();
        await _journal.WaitForAsync(Workers);

        // The second is one of real time, in which a busy machine may not have made all the other calls.
        Assert.InRange(await cleaned.Task.Guarded(), 0, 2 * Workers);
        _released.Set();
    }

    [Fact]
    public async Task Clean_InACallback_CountsWithoutWaitingForItself()
    {
        Journal<int> cleaned = new();
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnCleaning(() => 3);
                        context.Lifecycle.OnResumed(() => cleaned.Add(context.Controller.Clean()));
                    })
                )
        );
        controller.Run();
        await controller.SuspendAsync().Guarded();

        controller.Resume();

        Assert.All(await cleaned.WaitForAsync(Workers), count => Assert.Equal(3, count));
    }

    [Fact]
    public async Task CallbacksInPlace_RunBeforeTheCallReturns()
    {
        Journal<int> threads = new();
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        IControllerLifecycle lifecycle = context.Lifecycle.InPlace;
                        lifecycle.OnStarting(Note);
                        lifecycle.OnStarted(Note);
                        lifecycle.OnSuspended(Note);
                        lifecycle.OnResumed(Note);
                        lifecycle.OnCleaning(() =>
                        {
                            Note();
                            return 1;
                        });
                    })
                )
        );

        controller.Run();
        controller.Suspend();
        controller.Resume();
        Assert.Equal(Workers, controller.Clean());

        Assert.Equal(Enumerable.Repeat(Environment.CurrentManagedThreadId, 5 * Workers), threads.Entries);
        await controller.ShutdownAsync().Guarded();

        void Note() => threads.Add(Environment.CurrentManagedThreadId);
    }
}
