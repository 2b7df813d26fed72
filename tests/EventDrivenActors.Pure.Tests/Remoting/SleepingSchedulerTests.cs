using Akka.Actor;
using Akka.Configuration;
using CsCheck;
using EventDrivenActors.Subprocess.Remoting;

namespace EventDrivenActors.Pure.Tests.Remoting;

public sealed class SleepingSchedulerTests : IDisposable
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly WakingTime _time = new();
    private readonly ErrorLog _log = new();
    private readonly SleepingScheduler _scheduler;
    private readonly List<(string Name, double Second)> _runs = [];

    public SleepingSchedulerTests() => _scheduler = new SleepingScheduler(Config.Empty, _log, _time);

    private IAdvancedScheduler Scheduler => _scheduler;

    public void Dispose() => _scheduler.Dispose();

    [Fact]
    public void Work_AnyMix_RunsWhenDue_InOrderOfTimeAndThenOfAddition_UnlessCancelled() =>
        Gen.Select(Gen.Int[0, 20], Gen.Bool, Gen.Int[0, 3])
            .List[0, 200]
            .Sample(mix =>
            {
                WakingTime time = new();
                using SleepingScheduler scheduler = new(Config.Empty, _log, time);
                List<(int Number, long At)> runs = [];
                List<(int Number, long At)> expected = [];
                foreach (
                    ((int delay, bool cancelled, int pause), int number) in mix.Select((one, number) => (one, number))
                )
                {
                    time.Advance(TimeSpan.FromTicks(pause));
                    using Cancelable cancelable = new((IScheduler)scheduler);
                    ((IAdvancedScheduler)scheduler).ScheduleOnce(
                        TimeSpan.FromTicks(delay),
                        () => runs.Add((number, time.GetTimestamp())),
                        cancelable
                    );
                    if (cancelled)
                    {
                        cancelable.Cancel();
                    }
                    else
                    {
                        expected.Add((number, time.GetTimestamp() + delay));
                    }
                }

                time.Advance(Second);
                Assert.Equal(expected.OrderBy(one => one.At), runs);
            });

    [Fact]
    public void Scheduler_WorkThatIsFarAway_WakesForItAlone()
    {
        Scheduler.ScheduleOnce(TimeSpan.FromHours(1), Note("hour"));
        Scheduler.ScheduleOnce(TimeSpan.MaxValue, Note("never"));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromTicks(1));
        Assert.Equal(0, _time.Wakes);

        _time.Advance(TimeSpan.FromHours(1));

        Assert.Equal([("hour", 3600)], _runs);
        Assert.Equal(1, _time.Wakes);
    }

    [Fact]
    public void Work_EarlierThanTheRest_RunsFirst()
    {
        Scheduler.ScheduleOnce(3 * Second, Note("three"));
        Scheduler.ScheduleOnce(Second, Note("one"));

        _time.Advance(5 * Second);

        Assert.Equal([("one", 1), ("three", 3)], _runs);
    }

    [Fact]
    public void Work_ScheduledForNowByWork_ComesAfterWhatIsDue()
    {
        Scheduler.ScheduleOnce(Second, () => Scheduler.ScheduleOnce(TimeSpan.Zero, Note("added")));
        Scheduler.ScheduleOnce(Second, Note("due"));

        _time.Advance(Second);

        Assert.Equal([("due", 1), ("added", 1)], _runs);
    }

    [Fact]
    public void RepeatedWork_KeepsItsRate_UntilItIsCancelled()
    {
        using Cancelable cancelable = new(Scheduler);
        Scheduler.ScheduleRepeatedly(2 * Second, Second, Note("tick"), cancelable);
        _time.Advance(4 * Second);
        cancelable.Cancel();

        _time.Advance(4 * Second);

        Assert.Equal([("tick", 2), ("tick", 3), ("tick", 4)], _runs);
    }

    [Fact]
    public void RepeatedWork_CancelledByItself_RunsNoMore()
    {
        using Cancelable cancelable = new(Scheduler);
        Scheduler.ScheduleRepeatedly(Second, Second, Note("tick") + (() => cancelable.Cancel()), cancelable);

        _time.Advance(9 * Second);

        Assert.Equal([("tick", 1)], _runs);
    }

    [Fact]
    public void RepeatedWork_RunThatTakesLong_DoesNotMakeUpForMissedOnes()
    {
        bool slow = true;
        Scheduler.ScheduleRepeatedly(
            Second,
            Second,
            Note("tick")
                + (
                    () =>
                    {
                        if (slow)
                        {
                            slow = false;
                            _time.Advance(TimeSpan.FromSeconds(3.5));
                        }
                    }
                )
        );

        _time.Advance(7 * Second);

        Assert.Equal([("tick", 1), ("tick", 5.5), ("tick", 6.5)], _runs);
    }

    [Fact]
    public void WorkThatThrows_IsLogged_AndNotRepeated_AndTheRestGoesOn()
    {
        Scheduler.ScheduleRepeatedly(
            Second,
            Second,
            Note("faulty") + (() => throw new InvalidOperationException("planted"))
        );
        Scheduler.ScheduleRepeatedly(Second, Second, Note("sound"));

        _time.Advance(2 * Second);

        Assert.Equal([("faulty", 1), ("sound", 1), ("sound", 2)], _runs);
        Assert.Contains("planted", Assert.Single(_log.Errors));
    }

    [Fact]
    public void Dispose_DropsWhatHasNotBegun_AndRefusesMore()
    {
        Scheduler.ScheduleRepeatedly(Second, Second, Note("tick"));
        Scheduler.ScheduleOnce(Second, _scheduler.Dispose);
        Scheduler.ScheduleOnce(Second, Note("dropped"));

        _time.Advance(9 * Second);

        Assert.Equal([("tick", 1)], _runs);
        Assert.Throws<SchedulerException>(() => Scheduler.ScheduleOnce(Second, Note("late")));
    }

    [Fact]
    public void Tell_OnceAndRepeatedly_ReachesTheReceiver()
    {
        Receiver receiver = new(message => _runs.Add(((string)message, _scheduler.MonotonicClock.TotalSeconds)));
        ((ITellScheduler)_scheduler).ScheduleTellOnce(Second, receiver, "once", ActorRefs.NoSender);
        ((ITellScheduler)_scheduler).ScheduleTellRepeatedly(Second, 2 * Second, receiver, "again", ActorRefs.NoSender);

        _time.Advance(3 * Second);

        Assert.Equal([("once", 1), ("again", 1), ("again", 3)], _runs);
    }

    [Fact]
    public void Queue_CancelledWorkThatIsFarAway_IsNotKept()
    {
        ScheduledQueue queue = new();
        for (int i = 0; i < 10_000; i++)
        {
            using Cancelable cancelable = new(Scheduler);
            queue.Add(new ScheduledWork(() => { }, null, cancelable), TimeSpan.FromHours(1));
            cancelable.Cancel();
        }

        Assert.InRange(queue.Count, 0, 100);
    }

    private Action Note(string name) => () => _runs.Add((name, _scheduler.MonotonicClock.TotalSeconds));

    private sealed class Receiver(Action<object> told) : ICanTell
    {
        public void Tell(object message, IActorRef sender) => told(message);
    }
}
