using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <content>Cancelling calls, and disposing of objects.</content>
public sealed partial class RemoteObjectTests
{
    [Fact]
    public async Task Token_ThatFires_CancelsTheRunningCall()
    {
        ICounter counter = await shared.CreateAsync("running", 1);
        using CancellationTokenSource source = new();
        Task<int> held = counter.HoldAsync(source.Token);
        await shared.Harness.HeardAsync("holding running");

        await source.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            held.Guarded()
        );
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.True(held.IsCanceled);
        Assert.Equal(1, counter.Value);
    }

    [Fact]
    public async Task Token_ThatFiresBeforeTheStart_MeansThatTheCallNeverRuns()
    {
        ICounter counter = await shared.CreateAsync("queued", 0);
        using CancellationTokenSource first = new();
        using CancellationTokenSource second = new();
        Task<int> held = counter.HoldAsync(first.Token);
        await shared.Harness.HeardAsync("holding queued");
        Task<int> queued = counter.AddAndGetAsync(1, second.Token);

        await second.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => queued.Guarded());
        await first.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            counter.AddAndGetAsync(1, new CancellationToken(canceled: true))
        );
        Assert.Empty(await counter.OrderAsync().Guarded());
    }

    [Fact]
    public async Task Disposing_RemovesTheObjectBehindItsCalls()
    {
        ICounter counter = await shared.CreateAsync("leaving", 1);
        Task<int> before = counter.AddAndGetAsync(1);

        await ((IAsyncDisposable)counter).DisposeAsync().AsTask().Guarded();

        Assert.Equal(2, await before.Guarded());
        await shared.Harness.HeardAsync("disposed leaving");
        Assert.False(((IRemoteObject)counter).IsAlive);
        Assert.Throws<ObjectDisposedException>(() => counter.Value);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => counter.AddAsync(1));
        await ((IAsyncDisposable)counter).DisposeAsync().AsTask().Guarded();
    }

    [Fact]
    public async Task Disposal_ThatThrows_IsReportedToWhomAwaitsIt()
    {
        ICounter counter = await shared.CreateAsync("stubborn", 1);

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() =>
            ((IAsyncDisposable)counter).DisposeAsync().AsTask().Guarded()
        );

        Assert.Equal("it will not go", failure.RemoteMessage);
    }

    [Fact]
    public async Task Dispose_WithoutWaiting_RemovesTheObject()
    {
        ICounter counter = await shared.CreateAsync("sync", 1);

        ((IDisposable)counter).Dispose();

        await shared.Harness.HeardAsync("disposed sync");
    }

    [Fact]
    public async Task InterfaceThatIsDisposable_IsDisposedByItsOwnMember()
    {
        IOnlyNumber number = await shared.Child.CreateRemoteAsync<IOnlyNumber, OnlyNumber>(4).Guarded();

        Assert.Equal(4, number.Number);
        number.Dispose();

        Assert.Throws<ObjectDisposedException>(() => number.Number);
    }

    [Fact]
    public async Task Proxy_ThatIsGarbage_LetsItsObjectGo()
    {
        await ForgetAsync();
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (!shared.Harness.Said.Entries.Contains("disposed forgotten"))
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(10, guard.Token);
        }
    }

    [Fact]
    public async Task Idle_WaitsForTheCallsOfObjects()
    {
        ICounter counter = await shared.CreateAsync("idle", 1);
        using CancellationTokenSource source = new();
        Task<int> held = counter.HoldAsync(source.Token);
        await shared.Harness.HeardAsync("holding idle");

        Task idle = shared.Controller.WaitForIdleAsync();
        Assert.False(shared.Controller.IsIdle);
        await source.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
        await idle.Guarded();
    }

    [Fact]
    public async Task Suspension_HoldsCallsBack()
    {
        ICounter counter = await shared.CreateAsync("paused", 1);
        await shared.Controller.SuspendAsync().Guarded();
        Task<int> call = counter.AddAndGetAsync(1);
        Assert.False(call.IsCompleted);

        shared.Controller.Resume();

        Assert.Equal(2, await call.Guarded());
    }

    [Fact]
    public async Task BlockingCall_OnTheThreadThatReceives_IsRefusedInsteadOfDeadlocking()
    {
        ICounter counter = await shared.CreateAsync("blocked", 1);
        shared.OnOutbound = key => key.Equals("heard") ? counter.Value : null;

        await shared.Controller.Dispatch("raise").Guarded();

        Assert.IsType<SelfAwaitException>(await shared.Outbound.Task.Guarded());
        shared.OnOutbound = null;
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private async Task ForgetAsync() => (await shared.CreateAsync("forgotten", 1)).Add(1);
}
