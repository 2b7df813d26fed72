using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Tests.Timers;

/// <summary>
/// On the system's clock a tick gives its controller the turn itself, among the ticks of others; nobody may see a
/// difference to turns that come alone.
/// </summary>
public sealed partial class SystemClockTests : IAsyncLifetime
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(2);
    private static readonly AsyncLocal<string?> Armer = new();
    private readonly EventRuntime _runtime = EventRuntime.Create();

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask();

    [Fact]
    public async Task HandlerThatBlocks_StopsNeitherItsMissesNorTheTimersOfOthers()
    {
        using ManualResetEventSlim open = new();
        Journal<TimerTick> ticks = new();
        TimerAdapter blocked = Start(tick =>
        {
            ticks.Add(tick);
            open.Wait(HangGuard.Limit);
        });

        // On a busy machine a timer may miss ticks before its first one, which carries them.
        long before = (await ticks.WaitForAsync(1))[0].Missed;
        Journal<long> others = new();
        for (int i = 0; i < 20; i++)
        {
            Start(_ =>
            {
                if (blocked.Missed >= before + 3)
                {
                    others.Add(blocked.Missed);
                }
            });
        }

        await others.WaitForAsync(100);
        Assert.Single(ticks.Entries);
        long missed = blocked.Missed;
        open.Set();

        Assert.InRange((await ticks.WaitForAsync(2))[1].Missed, missed - before, long.MaxValue);
    }

    [Fact]
    public async Task HandlerThatAwaits_HasItsMissesCounted()
    {
        Journal<TimerTick> ticks = new();
        TaskCompletionSource open = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TimerAdapter waiting = null!;
        Controller controller = _runtime.CreateController(options =>
        {
            waiting = options.AddTimer(Interval);
            options.Mapping.On(
                ControllerEvents.Timing,
                async (_, tick) =>
                {
                    ticks.Add(tick);
                    await open.Task;
                }
            );
        });
        controller.Run();
        long before = (await ticks.WaitForAsync(1))[0].Missed;
        Journal<long> others = new();
        Start(_ =>
        {
            if (waiting.Missed >= before + 3)
            {
                others.Add(waiting.Missed);
            }
        });

        await others.WaitForAsync(10);
        Assert.Single(ticks.Entries);
        open.SetResult();

        Assert.True((await ticks.WaitForAsync(2))[1].Missed >= 3);
    }

    [Fact]
    public async Task HandlerThatStopsItsTimer_HasSeenItsLastTick()
    {
        Journal<TimerTick> ticks = new();
        TimerAdapter timer = null!;
        timer = Start(tick =>
        {
            ticks.Add(tick);
            if (tick.Number == 3)
            {
                timer.SetTiming(null);
            }
        });

        await ticks.WaitForAsync(3);
        await LetOthersTickAsync();
        Assert.Equal(3, ticks.Count);

        timer.SetTiming(Interval);
        Assert.Equal([1, 2, 3, 1], (await ticks.WaitForAsync(4)).Select(tick => tick.Number).Take(4));
    }

    [Fact]
    public async Task HandlerThatArmsItsTimerAnew_BeginsAtOneEachTime()
    {
        Journal<TimerTick> ticks = new();
        TimerAdapter timer = null!;
        timer = Start(tick =>
        {
            ticks.Add(tick);
            timer.SetTiming(Interval);
        });

        Assert.All(await ticks.WaitForAsync(5), tick => Assert.Equal(1, tick.Number));
    }

    [Fact]
    public async Task TickThatIsDueAsItsTimerIsArmedAnew_IsNone()
    {
        Journal<TimerTick> ticks = new();
        TimerAdapter timer = Start(ticks.Add);
        for (int i = 0; i < 50; i++)
        {
            await ticks.WaitForAsync(ticks.Count + 1);
            timer.SetTiming(TimeSpan.FromDays(1));
            await LetOthersTickAsync();
            int before = ticks.Count;
            Assert.Equal(i + 1, ticks.Entries.Count(tick => tick.Number == 1));
            timer.SetTiming(TimeSpan.FromMilliseconds(1));
            Assert.Equal(1, (await ticks.WaitForAsync(before + 1))[before].Number);
        }
    }

    [Fact]
    public async Task HandlerThatEndsItsController_IsNotTickedUntilTheNextRun()
    {
        Journal<long> ticks = new();
        Controller controller = _runtime.CreateController(options =>
        {
            options.AddTimer(Interval);
            options.Mapping.On(
                ControllerEvents.Timing,
                (session, tick) =>
                {
                    ticks.Add(tick.Number);
                    session.Self.Shutdown();
                }
            );
        });

        for (int run = 1; run <= 3; run++)
        {
            controller.Run();
            await controller.WaitAsync().Guarded();
            await LetOthersTickAsync();
        }

        Assert.All(ticks.Entries, number => Assert.Equal(1, number));
        Assert.Equal(3, ticks.Count);
    }

    [Fact]
    public async Task HandlerThatSuspendsItsController_HasOneTickQueued()
    {
        Journal<TimerTick> ticks = new();
        Controller controller = _runtime.CreateController(options =>
        {
            options.AddTimer(Interval);
            options.Mapping.On(
                ControllerEvents.Timing,
                (session, tick) =>
                {
                    ticks.Add(tick);
                    if (ticks.Count <= 3)
                    {
                        session.Self.Suspend();
                    }
                }
            );
        });
        controller.Run();

        for (int i = 1; i <= 3; i++)
        {
            await ticks.WaitForAsync(i);
            await LetOthersTickAsync();
            Assert.Equal(i, ticks.Count);
            controller.Resume();
        }
    }
}
