namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P8: an adapter that blocks holds up neither the caller nor the shutdown beyond its time.</summary>
public abstract partial class BlockingAdapterContract : ContractBase
{
    private readonly ManualResetEventSlim _released = new();
    private readonly Journal<string> _journal = new();

    [Theory]
    [InlineData(ShutdownMode.Drain)]
    [InlineData(ShutdownMode.Finish)]
    [InlineData(ShutdownMode.Abort)]
    public async Task Callbacks_OfAShutdown_RunOnOtherThreadsThanItsCallers(ShutdownMode mode)
    {
        AsyncLocal<string?> mine = new();
        Thread? caller = null;
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                {
                    context.Lifecycle.OnStopping(_ =>
                    {
                        Note("stopping");
                        return default;
                    });
                    context.Lifecycle.OnStopped(() => Note("stopped"));
                })
            )
        );
        controller.Run();
        TaskCompletionSource<Task<ShutdownReport>> called = new();
        caller = new Thread(() =>
        {
            mine.Value = "the caller's";
            Task<ShutdownReport> ending = controller.ShutdownAsync(mode);

            // This thread blocks while the callbacks run, so they run on other threads.
            ending.GetAwaiter().GetResult();
            called.SetResult(ending);
        })
        {
            IsBackground = true,
        };
        caller.Start();

        Assert.Empty((await (await called.Task.Guarded()).Guarded()).AdapterErrors);
        Assert.Equal(["stopping", "stopped"], _journal.Entries);

        void Note(string callback) =>
            _journal.Add(
                mine.Value is null && Environment.CurrentManagedThreadId != caller!.ManagedThreadId
                    ? callback
                    : $"{callback} for the caller"
            );
    }

    [Theory]
    [InlineData("starting")]
    [InlineData("started")]
    [InlineData("suspended")]
    [InlineData("resumed")]
    [InlineData("cleaning")]
    [InlineData("finishing")]
    [InlineData("aborting")]
    [InlineData("faulted")]
    public async Task Callback_ThatBlocks_HoldsUpNoCaller(string turn)
    {
        AsyncLocal<string?> mine = new();
        int caller = 0;
        Action<Exception, EventOutcome> fail = null!;
        IController controller = CreateMapped(
            m => m.On("x", _ => 1),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        fail = context.Lifecycle.Fail;
                        context.Lifecycle.OnStarting(() => Block("starting"));
                        context.Lifecycle.OnStarted(() => Block("started"));
                        context.Lifecycle.OnSuspended(() => Block("suspended"));
                        context.Lifecycle.OnResumed(() => Block("resumed"));
                        context.Lifecycle.OnCleaning(() => Block("cleaning"));
                        context.Lifecycle.OnFinishing(() => Block("finishing"));
                        context.Lifecycle.OnAborting(() => Block("aborting"));
                        context.Lifecycle.OnFaulted(_ => Block("faulted"));
                    })
                )
        );

        // Each call returns while its callback blocks; only Clean waits for the callback, for a second.
        TaskCompletionSource called = new();
        new Thread(() =>
        {
            mine.Value = "the caller's";
            caller = Environment.CurrentManagedThreadId;
            controller.Run();
            _ = controller.SuspendAsync();
            controller.Resume();
            if (turn == "faulted")
            {
                fail(new TestFailureException(), EventOutcome.Closed);
            }
            else
            {
                _ = turn == "cleaning" ? controller.Clean() : 0;
                _ = controller.ShutdownAsync(turn == "aborting" ? ShutdownMode.Abort : ShutdownMode.Finish);
            }

            called.SetResult();
        })
        {
            IsBackground = true,
        }.Start();

        await _journal.WaitForAsync(1);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(1));
        await called.Task.Guarded();
        _released.Set();
        await controller.WaitAsync().Guarded();
        Assert.All(_journal.Entries, entry => Assert.Equal(turn, entry));

        int Block(string callback)
        {
            if (callback == turn)
            {
                _journal.Add(
                    mine.Value is null && Environment.CurrentManagedThreadId != caller
                        ? callback
                        : $"{callback} for the caller"
                );
                _released.Wait(HangGuard.Limit);
            }

            return 0;
        }
    }

    [Fact]
    public async Task Starting_ThatTakesItsTime_IsWaitedForByEventsAndByReadyAsync()
    {
        IController controller = CreateMapped(
            m => m.On("x", _ => _journal.Add("x")),
            options =>
                options.Adapters.Add(
                    new DelegateAdapter(context =>
                    {
                        context.Lifecycle.OnStarting(() =>
                        {
                            _released.Wait(HangGuard.Limit);
                            _journal.Add("starting");
                        });
                        context.Lifecycle.OnStarted(() => _journal.Add("started"));
                    })
                )
        );

        controller.Run();
        Pending pending = controller.Dispatch("x");
        Task ready = controller.ReadyAsync();
        await MarkerAsync();
        Assert.False(pending.IsSettled || ready.IsCompleted);
        Assert.Empty(_journal.Entries);
        _released.Set();

        await pending.Guarded();
        await ready.Guarded();
        Assert.Equal(Workers, _journal.Entries.Count(entry => entry == "started"));
        Assert.Equal("starting", _journal.Entries[0]);
    }

    /// <summary>The closing takes up to four seconds more than the shutdown.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(10, 5)]
    public async Task Starting_ThatNeverEnds_HasHalfOfTheTimeThatIsLeft_AndTheNextRunWorks(int deadline, int limit)
    {
        IController controller = await StartBlockedAsync();
        Pending pending = controller.Dispatch("x");

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.FromSeconds(deadline));
        await Time.AdvanceAsync(TimeSpan.FromSeconds(limit));
        ShutdownReport report = await ending.Guarded();

        Assert.True(report.Ended);
        Assert.Equal(
            Workers,
            report.AdapterErrors.Count(error =>
                error.Message.Contains($"'DelegateAdapter' has not returned from OnStarting within 00:00:0{limit}")
            )
        );
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());

        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        _released.Set();
    }

    [Fact]
    public async Task Starting_ThatNeverEnds_IsNamedByADrain_AndTheNextRunWorks()
    {
        IController controller = await StartBlockedAsync();
        Pending pending = controller.Dispatch("x");

        ShutdownReport report = await Time.DriveAsync(
            controller.ShutdownAsync(ShutdownMode.Drain, TimeSpan.FromSeconds(10))
        );

        Assert.True(report.Ended);
        Assert.Equal(
            Workers,
            report.AdapterErrors.Count(error =>
                error.Message.Contains("'DelegateAdapter' has not returned from OnStarting")
            )
        );
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());

        controller.Run();
        Assert.Equal([1], await controller.Dispatch("x").Guarded());
        _released.Set();
    }
}
