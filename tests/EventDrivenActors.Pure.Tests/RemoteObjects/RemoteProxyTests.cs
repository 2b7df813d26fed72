using System.Runtime.CompilerServices;
using EventDrivenActors.Subprocess.Parent;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Pure.Tests.RemoteObjects;

public class RemoteProxyTests
{
    private readonly FakeTarget _target = new();

    [Fact]
    public void Unfit_WhereNoCodeCanBeMade_NamesTheCauseAndTheProperty()
    {
        PlatformNotSupportedException reason = new("no code");

        Assert.Contains(
            "'#:property PublishAot=false'",
            RemoteProxy.Unfit(typeof(IDisposable), reason, makesCode: false).Message
        );
        Assert.Contains("public", RemoteProxy.Unfit(typeof(IDisposable), reason, makesCode: true).Message);
    }

    [Fact]
    public async Task Members_OfEveryShape_GiveTheAnswer()
    {
        IThing thing = Make();
        _target.Outcome = EventOutcome.Completed([5]);

        Assert.Equal(5, thing.Number);
        Assert.Equal(5, thing.Get("a"));
        Assert.Equal(5, await thing.GetAsync("b"));
        Assert.Equal(5, await thing.GetValueAsync("c"));
        thing.Number = 6;
        thing.Run();
        await thing.RunAsync();
        await thing.RunValueAsync();

        Assert.Equal(
            [
                "IThing.get_Number()",
                "IThing.Get(a)",
                "IThing.GetAsync(b, null)",
                "IThing.GetValueAsync(c)",
                "IThing.set_Number(6)",
                "IThing.Run()",
                "IThing.RunAsync()",
                "IThing.RunValueAsync()",
            ],
            _target.Calls
        );
    }

    [Fact]
    public async Task Failure_IsThrownByTheCallOrComesThroughTheTask()
    {
        IThing thing = Make();
        InvalidOperationException failure = new("no");
        _target.Outcome = EventOutcome.Faulted(failure);

        Assert.Same(failure, Assert.Throws<InvalidOperationException>(thing.Run));
        Task call = thing.RunAsync();
        Assert.Same(failure, await Assert.ThrowsAsync<InvalidOperationException>(() => call));
    }

    [Fact]
    public async Task Refusal_BeforeAnythingIsSent_GoesTheSameWays()
    {
        IThing thing = Make();
        _target.Refusal = new ObjectDisposedException("thing");

        Assert.Throws<ObjectDisposedException>(thing.Run);
        Task<int> call = thing.GetAsync("a");
        await Assert.ThrowsAsync<ObjectDisposedException>(() => call);
    }

    [Theory]
    [InlineData(PendingStatus.Skipped, typeof(EventSkippedException))]
    [InlineData(PendingStatus.Cancelled, typeof(OperationCanceledException))]
    [InlineData(PendingStatus.Closed, typeof(ControllerClosedException))]
    [InlineData(PendingStatus.TimedOut, typeof(EventTimeoutException))]
    [InlineData(PendingStatus.ChildLost, typeof(ChildLostException))]
    public async Task Outcome_WithoutResult_IsAnExceptionOfItsOwn(PendingStatus status, Type expected)
    {
        IThing thing = Make();
        _target.Outcome = status switch
        {
            PendingStatus.Skipped => EventOutcome.Skipped,
            PendingStatus.Cancelled => EventOutcome.Cancelled,
            PendingStatus.Closed => EventOutcome.Closed,
            PendingStatus.TimedOut => EventOutcome.TimedOut(new EventTimeoutException("late")),
            _ => EventOutcome.ChildLost(new ChildLostException("gone")),
        };

        Assert.IsType(expected, Record.Exception(thing.Run));
        Assert.IsType(expected, await Record.ExceptionAsync(() => thing.GetAsync("a")));
    }

    [Fact]
    public async Task BlockedCaller_IsLetGoByTheSettlement()
    {
        IThing thing = Make();
        Task<int> blocked = Task.Factory.StartNew(
            () => thing.Get("a"),
            CancellationToken.None,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default
        );
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (_target.Answers.Count == 0)
        {
            await Task.Delay(1, guard.Token);
        }

        Assert.False(blocked.IsCompleted);
        _target.Answers[0].Settle(EventOutcome.Completed([7]));
        _target.Answers[0].Settle(EventOutcome.Cancelled);

        Assert.Equal(7, await blocked.Guarded());
    }

    [Fact]
    public async Task Token_OfTheCaller_IsTakenOutAndNamedByTheCancellation()
    {
        IThing thing = Make();
        using CancellationTokenSource source = new();
        Task<int> call = thing.GetAsync("a", source.Token);
        Assert.Equal([source.Token], _target.Tokens);

        await source.CancelAsync();

        OperationCanceledException cancelled = await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            call.Guarded()
        );
        Assert.Equal(source.Token, cancelled.CancellationToken);
        Assert.True(call.IsCanceled);
    }

    [Fact]
    public async Task Answer_OfAnotherType_IsASentence()
    {
        IThing thing = Make();
        _target.Outcome = EventOutcome.Completed(["text"]);

        Assert.Contains("'text'", Assert.Throws<InvalidOperationException>(() => thing.Number).Message);
        Assert.Contains(
            "Int32",
            (await Assert.ThrowsAsync<InvalidOperationException>(() => thing.GetAsync("a"))).Message
        );
    }

    [Fact]
    public async Task Disposal_OfWhateverKind_RemovesTheObject()
    {
        IThing thing = Make();
        await ((IRemoteObject)thing).DisposeAsync();
        ((IDisposable)thing).Dispose();
        IDisposableThing disposable = RemoteProxy.Attach(RemoteProxy.Create<IDisposableThing>(), _target);
        disposable.Dispose();
        await ((IAsyncDisposable)disposable).DisposeAsync();

        Assert.Equal([true, false, false, true], _target.Releases);
        Assert.Empty(_target.Calls);
    }

    [Fact]
    public async Task Proxy_ThatIsGarbage_RemovesTheObjectWithoutReporting()
    {
        Forget(_target);
        using CancellationTokenSource guard = new(HangGuard.Limit);
        while (!_target.Released.IsCompleted)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            await Task.Delay(1, guard.Token);
        }

        Assert.Equal([false], _target.Releases);
    }

    [Fact]
    public void Proxy_SaysWhereItsObjectIs()
    {
        IThing thing = Make();

        Assert.Equal(
            ("fake", 42, true),
            (thing.ToString(), ((IRemoteObject)thing).ProcessId, ((IRemoteObject)thing).IsAlive)
        );
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Forget(FakeTarget target) => _ = RemoteProxy.Attach(RemoteProxy.Create<IThing>(), target);

    private IThing Make() => RemoteProxy.Attach(RemoteProxy.Create<IThing>(), _target);

    private interface IDisposableThing : IDisposable;

    /// <summary>Private, as a proxy can be of any interface that its caller can name.</summary>
    private interface IThing
    {
        int Number { get; set; }

        int Get(string key);

        Task<int> GetAsync(string key, CancellationToken token = default);

        ValueTask<int> GetValueAsync(string key);

        void Run();

        Task RunAsync();

        ValueTask RunValueAsync();
    }
}
