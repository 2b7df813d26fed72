using Akka.Actor;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.TestKit.Tests.Timing;

/// <summary>One clock for the library, for Akka and for the test.</summary>
public sealed class VirtualTimeTests : ControllerTestKit
{
    private static TimeSpan Minute { get; } = TimeSpan.FromMinutes(1);
    private readonly List<string> _notes = [];

    [Fact]
    public async Task TimersOfAllKinds_FireInTheOrderInWhichTheyAreDue()
    {
        Controller controller = CreateController(options =>
        {
            options.AddTimer(Minute * 2);
            options.Mapping.On(ControllerEvents.Timing, _ => _notes.Add("library"));
        });
        controller.Run();
        Sys.Scheduler.Advanced.ScheduleOnce(Minute * 3, () => _notes.Add("akka"));
        using ITimer timer = Time.CreateTimer(_ => _notes.Add("user"), null, Minute, Timeout.InfiniteTimeSpan);

        await Time.AdvanceAsync(Minute * 4);

        Assert.Equal(["user", "library", "akka", "library"], _notes);
    }

    [Fact]
    public async Task Day_OfTicks_IsHandledTickByTick()
    {
        DateTimeOffset start = Time.GetUtcNow();
        List<TimeSpan> handled = [];
        Controller controller = CreateController(options =>
        {
            options.AddTimer(Minute);
            options.Mapping.On(ControllerEvents.Timing, _ => handled.Add(Time.GetUtcNow() - start));
        });
        controller.Run();

        await Time.AdvanceAsync(TimeSpan.FromHours(24));

        Assert.Equal(Enumerable.Range(1, 24 * 60).Select(minute => Minute * minute), handled);
        Assert.Equal(start.AddDays(1), Time.GetUtcNow());
    }

    [Fact]
    public async Task Advance_BlockingForm_DoesTheSame()
    {
        Controller controller = CreateController(options =>
        {
            options.AddTimer(Minute);
            options.Mapping.On(ControllerEvents.Timing, (_, tick) => _notes.Add($"{tick.Number}"));
        });
        controller.Run();
        await QuietAsync();

        Time.Advance(Minute * 3);

        Assert.Equal(["1", "2", "3"], _notes);
    }

    [Fact]
    public async Task HandlersDelay_EndsWhenTheClockSaysSo()
    {
        Controller controller = Start(async _ =>
        {
            await Task.Delay(Minute, Time);
            _notes.Add("first");
            await Task.Delay(Minute, Time);
            _notes.Add("second");
        });
        Pending pending = controller.Dispatch("wait");

        await Time.AdvanceAsync(Minute);
        Assert.Equal(["first"], _notes);
        await Time.AdvanceAsync(Minute);

        Assert.Equal(["first", "second"], _notes);
        Assert.Equal(PendingStatus.Completed, pending.Status);
    }

    [Fact]
    public async Task TimeArmedByATimersEvent_IsFiredInTheSameAdvance()
    {
        Controller controller = CreateController(options =>
            options
                .Mapping.On(
                    "first",
                    session =>
                        Sys.Scheduler.ScheduleTellOnce(
                            Minute,
                            session.Self.Ref,
                            new ControllerEvent("second"),
                            ActorRefs.NoSender
                        )
                )
                .On("second", _ => _notes.Add("second"))
        );
        controller.Run();
        Sys.Scheduler.ScheduleTellOnce(Minute, controller.Ref, new ControllerEvent("first"), ActorRefs.NoSender);

        await Time.AdvanceAsync(Minute * 2);

        Assert.Equal(["second"], _notes);
    }

    [Fact]
    public async Task EventTimeout_ObeysTheClock()
    {
        Controller controller = CreateController(options =>
        {
            options.EventTimeout = Minute;
            options.Mapping.On("wait", session => Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken));
        });
        controller.Run();
        Pending pending = controller.Dispatch("wait");

        await Time.AdvanceAsync(Minute - TimeSpan.FromTicks(1));
        Assert.Equal(PendingStatus.Running, pending.Status);
        await Time.AdvanceAsync(TimeSpan.FromMilliseconds(1));

        Assert.Equal(PendingStatus.TimedOut, pending.Status);
        Assert.IsType<EventTimeoutException>(pending.Exception);
    }

    [Fact]
    public async Task ShutdownDeadline_ObeysTheClock()
    {
        Controller controller = Start(session => Task.Delay(Timeout.InfiniteTimeSpan, session.CancellationToken));
        Pending pending = controller.Dispatch("wait");
        Task<ShutdownReport> shutdown = controller.ShutdownAsync(deadline: Minute);

        await Time.AdvanceAsync(Minute - TimeSpan.FromSeconds(1));
        Assert.False(shutdown.IsCompleted);
        await Time.AdvanceAsync(TimeSpan.FromSeconds(3));

        Assert.Equal(1, (await shutdown.Guarded()).Abandoned);
        Assert.Equal(PendingStatus.Cancelled, pending.Status);
    }

    [Fact]
    public async Task WaitForAPending_ObeysTheClock()
    {
        Controller controller = CreateController(new MappingBlueprint().On("never", () => 1));
        Task<IReadOnlyList<object?>> waiting = controller.Dispatch("never").WaitAsync(Minute);

        await Time.AdvanceAsync(Minute);

        await Assert.ThrowsAsync<TimeoutException>(() => waiting.Guarded());
    }

    [Fact]
    public async Task ReceiveTimeout_OfAnAkkaActor_ObeysTheClock()
    {
        IActorRef actor = Sys.ActorOf(Props.Create(() => new Waiting(TestActor)));

        await Time.AdvanceAsync(Minute);
        await ExpectMsgAsync("timeout");
    }

    [Fact]
    public async Task HandlerThatWaitsForSomethingReal_DoesNotKeepTheClock()
    {
        Gate gate = new();
        Controller controller = Start(_ => gate.PassAsync());
        Pending pending = controller.Dispatch("wait");

        await Time.AdvanceAsync(Minute);
        Assert.True(gate.IsEntered);

        gate.Open();
        await pending.Guarded();
    }

    [Fact]
    public async Task Advance_InAHandler_FailsAtOnce()
    {
        Controller controller = Start(_ => Time.AdvanceAsync(Minute));

        InvalidOperationException failure = await Assert.ThrowsAsync<InvalidOperationException>(() =>
            controller.Dispatch("wait").Guarded()
        );

        Assert.Contains("'wait'", failure.Message);
    }

    [Fact]
    public async Task HandlersContinuation_OnAnotherPending_IsPartOfQuiet()
    {
        Controller other = CreateController(new MappingBlueprint().On("ask", () => 42));
        other.Run();
        Controller controller = Start(async _ =>
        {
            for (int i = 0; i < 100; i++)
            {
                _notes.Add($"{(await other.Dispatch("ask"))[0]}");
            }
        });
        controller.Post("wait");

        await QuietAsync();

        Assert.Equal(100, _notes.Count);
    }

    [Fact]
    public void Advance_BackInTime_IsRefused() =>
        Assert.Contains("-00:01:00", Assert.Throws<ArgumentOutOfRangeException>(() => Time.Advance(-Minute)).Message);

    [Fact]
    public void Jump_BackInTime_IsRefused() =>
        Assert.Contains("-00:01:00", Assert.Throws<ArgumentOutOfRangeException>(() => Time.Jump(-Minute)).Message);

    private Controller Start(Func<Session, Task> wait)
    {
        Controller controller = CreateController(options => options.Mapping.On("wait", wait));
        controller.Run();
        return controller;
    }

    private sealed class Waiting : ReceiveActor
    {
        public Waiting(IActorRef hears)
        {
            SetReceiveTimeout(Minute);
            Receive<ReceiveTimeout>(_ => hears.Tell("timeout"));
        }
    }
}
