using EventDrivenActors.Subprocess.Testing;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Testing;

/// <summary>What a child does before its first event, and how long that one may take, on virtual time.</summary>
public sealed class ColdChildTests : IAsyncLifetime
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly AsyncLocal<string?> Nothing = new();
    private static Gate _warming = new();
    private static Gate _handling = new();
    private static int _warmed;
    private readonly VirtualTime _time = new();
    private readonly EventRuntime _runtime;
    private SubprocessAdapter _child = null!;

    public ColdChildTests()
    {
        _warming = new Gate();
        _handling = new Gate();
        _warmed = 0;
        _runtime = EventRuntime.Create(options => options.TimeProvider = _time);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        _warming.Open();
        _handling.Open();
        await _time.DriveAsync(_runtime.DisposeAsync().AsTask());
    }

    [Fact]
    public async Task WarmUp_OfThreeTimesTheTimeOut_CostsNoEventItsTime_AlsoInTheNextChild()
    {
        Controller controller = Start(child =>
        {
            child.KillOnTimeout = true;
            child.WarmUp(WarmAsync);
        });
        Pending first = controller.Dispatch("quick");
        Task ready = controller.ReadyAsync();
        for (int children = 1; children <= 2; children++)
        {
            await _warming.Entered;
            await _time.AdvanceAsync(Limit * 3);
            Assert.False(first.IsSettled || ready.IsCompleted);
            _warming.Open();

            Assert.Equal(["quick"], await first.Guarded());
            await ready.Guarded();
            await _child.ReadyAsync().Guarded();
            Assert.Equal(children, _warmed);
            _warming = new Gate();
            if (children == 1)
            {
                _child.Kill();
                first = controller.Dispatch("quick");
                await _time.DriveAsync(_warming.Entered);
                ready = controller.ReadyAsync();
            }
        }

        Assert.Equal(1, _child.Restarts);
    }

    [Fact]
    public async Task WarmUp_ThatThrows_IsAFailedSetUp()
    {
        Controller controller = Start(child =>
        {
            child.Restart.MaxRestarts = 0;
            child.WarmUp(Fail);
        });
        Task ready = controller.ReadyAsync();

        ChildLostException lost = await Assert.ThrowsAsync<ChildLostException>(() =>
            controller.Dispatch("quick").Guarded()
        );
        ControllerClosedException closed = await Assert.ThrowsAsync<ControllerClosedException>(() => ready.Guarded());

        Assert.Equal(ExitReason.SetupFailed, lost.Reason);
        Assert.Contains("cold it stays", lost.Message);
        Assert.Contains("cold it stays", closed.Message);
        Assert.NotNull(closed.InnerException);
    }

    [Fact]
    public void WarmUp_ThatCaptures_IsRefused()
    {
        string captured = $"{Nothing.Value}captured";

        Assert.Contains(
            "captured",
            Assert.ThrowsAny<ArgumentException>(() => Start(child => child.WarmUp(() => _ = captured.Length))).Message
        );
    }

    [Fact]
    public async Task FirstEvent_HasItsOwnTimeOut_AndTheNextOnesTheOrdinaryOne()
    {
        Controller controller = Start(child => child.FirstEventTimeout = TimeSpan.FromHours(1));
        Pending first = controller.Dispatch("held");
        await _handling.Entered;

        await _time.AdvanceAsync(TimeSpan.FromMinutes(59));
        Assert.False(first.IsSettled);
        _handling.Open();
        await first.Guarded();
        _handling = new Gate();
        Pending second = controller.Dispatch("held");
        await _handling.Entered;
        await _time.AdvanceAsync(Limit);

        Assert.Equal(PendingStatus.TimedOut, await second.StatusAsync());
    }

    [Fact]
    public async Task FirstEvent_BeyondItsOwnTimeOut_TimesOut()
    {
        Controller controller = Start(child => child.FirstEventTimeout = TimeSpan.FromHours(1));
        Pending first = controller.Dispatch("held");
        await _handling.Entered;

        await _time.AdvanceAsync(TimeSpan.FromHours(1));

        Assert.Equal(PendingStatus.TimedOut, await first.StatusAsync());
    }

    [Fact]
    public async Task InfiniteTimeout_OfAnEvent_LiftsTheLimitOfTheChild()
    {
        Controller controller = Start(_ => { });
        Pending endless = controller.Dispatch("held", options: new EventOptions { Timeout = Timeout.InfiniteTimeSpan });
        await _handling.Entered;

        await _time.AdvanceAsync(TimeOption.Longest);
        Assert.False(endless.IsSettled);
        _handling.Open();

        Assert.Equal(PendingStatus.Completed, await endless.StatusAsync());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(5_000)]
    [InlineData(90 * TimeSpan.TicksPerDay)]
    [InlineData(3653 * TimeSpan.TicksPerDay)]
    public async Task Timeout_InTheChild_IsUpThenAndNotBefore(long ticks)
    {
        Controller controller = Start(child => child.EventTimeout = TimeSpan.FromTicks(ticks));
        Pending pending = controller.Dispatch("held");
        await _handling.Entered;

        await _time.AdvanceAsync(TimeSpan.FromTicks(ticks - 1));
        Assert.False(pending.IsSettled);
        await _time.AdvanceAsync(TimeSpan.FromTicks(1));

        Assert.Equal(PendingStatus.TimedOut, await pending.StatusAsync());
    }

    private Controller Start(Action<SubprocessOptions> configure)
    {
        Controller controller = _runtime.CreateController(options =>
            _child = options.AddSubprocess(child =>
            {
                child.Mapping.On("quick", () => "quick").On("held", () => _handling.PassAsync());
                child.LinkTime = TimeProvider.System;
                child.SetupTimeout = Timeout.InfiniteTimeSpan;
                child.EventTimeout = Limit;
                child.Restart.MinDelay = TimeSpan.Zero;

                // The child's handlers are timed on the clock that the test moves, too.
                child.Launcher = launch => new InProcessChild(launch with { Time = _time });
                configure(child);
            })
        );
        controller.Run();
        return controller;
    }

    private static async Task WarmAsync()
    {
        await _warming.PassAsync();
        _warmed++;
    }

    private static void Fail() => throw new TestFailureException("cold it stays");
}
