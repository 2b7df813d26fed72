namespace EventDrivenActors.TestSupport.Contracts;

/// <summary>P8: an adapter that blocks holds up neither the caller nor the shutdown beyond its time.</summary>
public abstract class BlockingAdapterContract : ContractBase
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
        IController controller = Create(options => options.Adapters.Add(new DelegateAdapter(context =>
        {
            context.Lifecycle.OnStopping(_ =>
            {
                Note("stopping");
                return default;
            });
            context.Lifecycle.OnStopped(() => Note("stopped"));
        })));
        controller.Run();
        TaskCompletionSource<Task<ShutdownReport>> called = new();
        caller = new Thread(() =>
        {
            mine.Value = "the caller's";
            Task<ShutdownReport> ending = controller.ShutdownAsync(mode);

            // It stands while the callbacks run, which therefore run on others.
            ending.GetAwaiter().GetResult();
            called.SetResult(ending);
        })
        { IsBackground = true };
        caller.Start();

        Assert.Empty((await (await called.Task.Guarded()).Guarded()).AdapterErrors);
        Assert.Equal(["stopping", "stopped"], _journal.Entries);

        void Note(string callback) => _journal.Add(mine.Value is null && Environment.CurrentManagedThreadId != caller!.ManagedThreadId ? callback : $"{callback} for the caller");
    }

    [Fact]
    public async Task Adapters_ThatBlockWhileStopping_EachHaveTheirTimeAndAreNamed()
    {
        IController controller = Create(options =>
        {
            options.Adapters.Add(new Stubborn(_released, _journal, "1"));
            options.Adapters.Add(new Stubborn(_released, _journal, "2"));
        });
        controller.Run();
        long before = Time.GetTimestamp();

        ShutdownReport report = await Time.DriveAsync(controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.FromSeconds(1)));

        Assert.InRange(Time.GetElapsedTime(before), TimeSpan.Zero, TimeSpan.FromSeconds(6));
        Assert.True(report.Ended);
        Assert.Equal(2, report.AdapterErrors.Count);
        Assert.All(report.AdapterErrors, error => Assert.Contains("'Stubborn'", error.Message));
        Assert.Equal(["2", "1"], await _journal.WaitForAsync(2));
        Assert.Equal(ControllerState.Stopped, controller.State);
        _released.Set();
    }

    [Fact]
    public async Task Adapter_ThatBlocksAfterItHasClosed_HoldsUpNoShutdown()
    {
        IController controller = Create(options => options.Adapters.Add(new DelegateAdapter(context =>
            context.Lifecycle.OnStopped(() => _released.Wait(HangGuard.Limit)))));
        controller.Run();

        ShutdownReport report = await Time.DriveAsync(controller.ShutdownAsync());

        Assert.True(report.Ended);
        Assert.IsType<TimeoutException>(Assert.Single(report.AdapterErrors));
        _released.Set();
    }

    [Fact]
    public async Task TokenCallback_ThatBlocks_HoldsUpNeitherTheCallerNorTheShutdown()
    {
        Gate gate = NewGate();
        IController controller = Start(m => m.On("x", async session =>
        {
            session.CancellationToken.Register(() => _released.Wait(HangGuard.Limit));
            await gate.PassAsync();
        }));
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        ShutdownReport report = await Time.DriveAsync(controller.ShutdownAsync(ShutdownMode.Abort));

        Assert.True(report.Ended);
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        _released.Set();
    }

    private sealed class Stubborn(ManualResetEventSlim released, Journal<string> journal, string name) : IAdapter
    {
        public void Configure(IAdapterContext controller) => controller.Lifecycle.OnStopping(_ =>
        {
            journal.Add(name);
            released.Wait(HangGuard.Limit);
            return default;
        });
    }
}
