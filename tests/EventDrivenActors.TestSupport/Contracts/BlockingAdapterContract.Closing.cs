namespace EventDrivenActors.TestSupport.Contracts;

/// <content>Adapters that block while they close.</content>
public abstract partial class BlockingAdapterContract
{
    [Fact]
    public async Task Adapters_ThatBlockWhileStopping_EachHaveTheirTimeAndAreNamed()
    {
        IController controller = Create(options =>
        {
            options.Adapters.Add(new Stubborn(_released, _journal, "1"));
            options.Adapters.Add(new Stubborn(_released, _journal, "2"));
        });
        controller.Run();

        Task<ShutdownReport> ending = controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.FromSeconds(1));
        await _journal.WaitForAsync(1);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        await _journal.WaitForAsync(2);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(0.1));
        ShutdownReport report = await ending.Guarded();

        Assert.True(report.Ended);
        Assert.Equal(
            [
                "The adapter 'Stubborn' was not closed within 00:00:05;",
                "The adapter 'Stubborn' was not closed within 00:00:00.1000000;",
            ],
            report.AdapterErrors.Select(error => error.Message[..(error.Message.IndexOf(';') + 1)])
        );
        Assert.Equal(["2", "1"], _journal.Entries);
        Assert.Equal(ControllerState.Stopped, controller.State);
        _released.Set();
    }

    /// <summary>
    /// P8: a shutdown returns 5 s after its own deadline at the latest, even while another one is already closing.
    /// </summary>
    [Fact]
    public async Task Adapters_ThatBlockWhileStopping_HaveTheTimeOfTheStrictestShutdown()
    {
        IController controller = Create(options =>
        {
            options.Adapters.Add(new Stubborn(_released, _journal, "1"));
            options.Adapters.Add(new Stubborn(_released, _journal, "2"));
        });
        controller.Run();

        Task<ShutdownReport> patient = controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.FromSeconds(30));
        await _journal.WaitForAsync(1);
        Task<ShutdownReport> strict = controller.ShutdownAsync(ShutdownMode.Abort, TimeSpan.FromSeconds(1));
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        await _journal.WaitForAsync(2);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(0.1));

        await strict.Guarded();
        await patient.Guarded();
        Assert.Equal(["2", "1"], _journal.Entries);
        _released.Set();
    }

    [Fact]
    public async Task Adapter_ThatBlocksAfterItHasClosed_HoldsUpNoShutdown()
    {
        IController controller = Create(options =>
            options.Adapters.Add(
                new DelegateAdapter(context =>
                    context.Lifecycle.OnStopped(() =>
                    {
                        _journal.Add("stopped");
                        _released.Wait(HangGuard.Limit);
                    })
                )
            )
        );
        controller.Run();

        Task<ShutdownReport> ending = controller.ShutdownAsync();
        await _journal.WaitForAsync(1);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(5));
        ShutdownReport report = await ending.Guarded();

        Assert.True(report.Ended);
        Assert.IsType<TimeoutException>(Assert.Single(report.AdapterErrors));
        _released.Set();
    }

    [Fact]
    public async Task TokenCallback_ThatBlocks_HoldsUpNeitherTheCallerNorTheShutdown()
    {
        Gate gate = NewGate();
        IController controller = Start(m =>
            m.On(
                "x",
                async session =>
                {
                    session.CancellationToken.Register(() => _released.Wait(HangGuard.Limit));
                    await gate.PassAsync();
                }
            )
        );
        Pending pending = controller.Dispatch("x");
        await gate.Entered;

        ShutdownReport report = await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.True(report.Ended);
        Assert.Equal(PendingStatus.Cancelled, await pending.StatusAsync());
        _released.Set();
    }

    private sealed class Stubborn(ManualResetEventSlim released, Journal<string> journal, string name) : IAdapter
    {
        public void Configure(IAdapterContext controller) =>
            controller.Lifecycle.OnStopping(_ =>
            {
                journal.Add(name);
                released.Wait(HangGuard.Limit);
                return default;
            });
    }
}
