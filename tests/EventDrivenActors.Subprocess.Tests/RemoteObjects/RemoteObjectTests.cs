using EventDrivenActors.Subprocess.Tests.Children;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.RemoteObjects;

/// <summary>Objects in one child that all these tests share.</summary>
public sealed class RemoteObjectTests(ObjectChild shared) : IClassFixture<ObjectChild>
{
    [Fact]
    public async Task Members_OfEveryShape_AreCalledInTheChild()
    {
        ICounter counter = await shared.CreateAsync(10);

        counter.Add(1);
        Assert.Equal(13, counter.AddAndGet(2));
        await counter.AddAsync(3).Guarded();
        Assert.Equal(20, await counter.AddAndGetAsync(4).Guarded());
        await counter.AddLaterAsync(5).AsTask().Guarded();
        Assert.Equal(26, await counter.AddLaterAndGetAsync().AsTask().Guarded());
        Assert.Equal(26, counter.Value);
        Assert.Null(await counter.NullAsync().Guarded());
    }

    [Fact]
    public async Task Properties_IndexersAndInheritedMembers_AreCalledInTheChild()
    {
        ICounter counter = await shared.CreateAsync(0);

        counter.Name = "Ada";
        counter["a"] = 5;

        Assert.Equal("Ada", counter.Name);
        Assert.Equal(5, counter["a"]);
        Assert.Equal("Ada greets Bob", counter.Greet("Bob"));
    }

    [Fact]
    public async Task GenericMethods_CarryTheTypesThatTheyAreClosedWith()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Equal(new Point(1, 2), counter.Echo(new Point(1, 2)));
        Assert.Equal("text", counter.Echo("text"));
        Assert.Equal([Colour.Green, Colour.Green], await counter.RepeatAsync(Colour.Green, 2).Guarded());
        Assert.Throws<ArgumentException>(() => counter.Echo<Action>(() => { }));
    }

    [Fact]
    public async Task Object_LivesInTheChildAndSeesItsSession()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Matches($"^{shared.Child.ProcessId} set up [01]$", counter.Where());
        Assert.Equal(
            (shared.Child.ProcessId, true),
            (((IRemoteObject)counter).ProcessId, ((IRemoteObject)counter).IsAlive)
        );
        Assert.Contains($"'{shared.Child.ProcessId}'", counter.ToString());
    }

    [Fact]
    public async Task Constructor_IsChosenByTheArguments()
    {
        Assert.Equal(7, (await shared.CreateAsync("Ada")).Value);
        Assert.Equal(8, (await shared.CreateAsync("Ada", 8)).Value);
        Assert.Contains(
            "(Int32 start)",
            (await Assert.ThrowsAsync<ArgumentException>(() => shared.CreateAsync(1, 2, 3))).Message
        );
        Assert.Contains(
            "(null)",
            (
                await Assert.ThrowsAsync<ArgumentException>(() =>
                    shared.Child.CreateRemoteAsync<IOnlyNumber, OnlyNumber>([null])
                )
            ).Message
        );
    }

    [Fact]
    public async Task Constructor_ThatThrows_FaultsTheCallAndTheChildLives()
    {
        int? process = shared.Child.ProcessId;

        RemoteHandlerException failure = await Assert.ThrowsAsync<RemoteHandlerException>(() => shared.CreateAsync(-1));

        Assert.Equal(typeof(ArgumentOutOfRangeException).FullName, failure.RemoteType);
        Assert.Equal(1, (await shared.CreateAsync(1)).Value);
        Assert.Equal(process, shared.Child.ProcessId);
    }

    [Fact]
    public async Task Failure_OfASynchronousMember_IsThrownByTheCall()
    {
        ICounter counter = await shared.CreateAsync(0);

        RemoteHandlerException failure = Assert.Throws<RemoteHandlerException>(() => counter.Throw("outer"));

        Assert.Equal(
            (typeof(InvalidOperationException).FullName, "outer"),
            (failure.RemoteType, failure.RemoteMessage)
        );
        Assert.Contains(nameof(Counter.Throw), failure.RemoteStackTrace);
        Assert.Equal("inner", Assert.Single(failure.RemoteInnerExceptions).RemoteMessage);
        Assert.Contains("'ICounter.Throw'", failure.Message);
    }

    [Fact]
    public async Task Failure_OfAnAsynchronousMember_ComesThroughItsTask()
    {
        ICounter counter = await shared.CreateAsync(0);

        Task call = counter.ThrowAsync("later");

        Assert.Equal("later", (await Assert.ThrowsAsync<RemoteHandlerException>(() => call.Guarded())).RemoteMessage);
    }

    [Fact]
    public async Task Argument_ThatMayNotCross_IsRefusedAtTheCaller()
    {
        ICounter counter = await shared.CreateAsync(0);

        Assert.Contains(
            nameof(Unlisted),
            Assert.Throws<PayloadRefusedException>(() => counter.Take(new Unlisted(1))).Message
        );
        Assert.Contains(
            "1048576",
            Assert.Throws<PayloadRefusedException>(() => counter.Take(new byte[2 * 1024 * 1024])).Message
        );
        Assert.Contains(
            "'new ICounter'",
            (
                await Assert.ThrowsAsync<PayloadRefusedException>(() =>
                    shared.CreateAsync(new string('x', 2 * 1024 * 1024))
                )
            ).Message
        );
        Assert.Equal(0, counter.Value);
    }

    [Fact]
    public async Task Result_ThatMayNotCross_FaultsTheCall()
    {
        ICounter counter = await shared.CreateAsync(3);

        Assert.Contains(nameof(Unlisted), Assert.Throws<RemoteHandlerException>(counter.Unlisted).RemoteMessage);
        Assert.Equal(3, counter.Value);
    }

    [Fact]
    public async Task Calls_OfOneObject_RunOneAtATimeInTheirOrder()
    {
        ICounter counter = await shared.CreateAsync(0);
        Task[] calls = [.. Enumerable.Range(0, 200).Select(counter.AddAsync)];

        await Task.WhenAll(calls).Guarded();

        Assert.Equal(Enumerable.Range(0, 200), await counter.OrderAsync().Guarded());
    }

    [Fact]
    public async Task Calls_OfDifferentObjects_RunAtTheSameTime()
    {
        ICounter first = await shared.CreateAsync("first", 1);
        ICounter second = await shared.CreateAsync("second", 2);
        using CancellationTokenSource source = new();
        Task<int> held = first.HoldAsync(source.Token);
        await shared.Harness.HeardAsync("holding first");

        Assert.Equal(3, second.AddAndGet(1));

        Assert.False(held.IsCompleted);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => held.Guarded());
    }

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
