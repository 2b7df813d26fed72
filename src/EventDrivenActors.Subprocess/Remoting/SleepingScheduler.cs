using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Akka's scheduler for the actor systems of children and links; named by <c>hocon/subprocess.conf</c>. It sleeps until
/// work is due.
/// </summary>
/// <remarks>
/// Akka's own scheduler wakes up at each tick, a hundred times a second in each idle child. As there, work runs one at
/// a time, work that throws is logged and not repeated, and a run that comes late does not make up for those that it
/// missed.
/// </remarks>
internal sealed class SleepingScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider, IDisposable
{
    private readonly TimeProvider _time;
    private readonly DueTimer _timer;
    private readonly object _gate = new();

    // Under _gate.
    private readonly ScheduledQueue _queue = new();
    private bool _runs;
    private bool _disposed;

    /// <summary>Akka calls it.</summary>
    public SleepingScheduler(Config config, ILoggingAdapter log)
        : this(config, log, TimeProvider.System) { }

    internal SleepingScheduler(Config config, ILoggingAdapter log, TimeProvider time)
        : base(config, log)
    {
        _time = time;
        _timer = new DueTimer(time, RunDue, onPool: true);
    }

    public override TimeSpan MonotonicClock => _time.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => _time.GetLocalNow();

    /// <summary>Drops all work that has not begun. From then on nothing can be scheduled.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            _queue.Clear();
            _timer.Dispose();
        }
    }

    protected override void InternalScheduleTellOnce(
        TimeSpan delay,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable? cancelable
    ) => Schedule(delay, null, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable? cancelable
    ) => Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, null, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Schedule(delay, null, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        Action action,
        ICancelable? cancelable
    ) => Schedule(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        IRunnable action,
        ICancelable? cancelable
    ) => Schedule(initialDelay, interval, action.Run, cancelable);

    private void Schedule(TimeSpan delay, TimeSpan? interval, Action action, ICancelable? cancelable)
    {
        lock (_gate)
        {
            if (_disposed)
            {
                throw new SchedulerException(
                    "The scheduler has ended with its actor system; schedule work only before the system terminates."
                );
            }

            Add(new ScheduledWork(action, interval, cancelable), Later(MonotonicClock, delay));
        }
    }

    private void Add(ScheduledWork work, TimeSpan due)
    {
        TimeSpan? first = _queue.FirstDue;
        _queue.Add(work, due);
        // A thread that runs work arms the timer when it has finished.
        if (!_runs && (first is null || due < first))
        {
            Arm();
        }
    }

    private void Arm() => _timer.Set(_queue.FirstDue is { } due ? Left(due) : Timeout.InfiniteTimeSpan);

    private TimeSpan Left(TimeSpan due) => MonotonicClock is var now && due > now ? due - now : TimeSpan.Zero;

    private void RunDue()
    {
        TimeSpan now;
        lock (_gate)
        {
            if (_runs || _disposed)
            {
                return;
            }

            _runs = true;
            now = MonotonicClock;
        }
        // Work that schedules more work for now must not keep the rest waiting: it comes with the next turn.
        while (TryTake(now, out ScheduledWork? work, out TimeSpan due))
        {
            if (Run(work) && work.Interval is { } interval)
            {
                Repeat(work, due, interval);
            }
        }
    }

    private bool TryTake(TimeSpan now, out ScheduledWork work, out TimeSpan due)
    {
        lock (_gate)
        {
            if (_queue.TryTake(now, out work, out due))
            {
                return true;
            }

            _runs = false;
            if (!_disposed)
            {
                Arm();
            }

            return false;
        }
    }

    private bool Run(ScheduledWork work)
    {
        try
        {
            work.Action();
            return true;
        }
        catch (Exception exception)
        {
            Log.Error(exception, "Scheduled work failed and will not be repeated: {0}", exception.Message);
            return false;
        }
    }

    private void Repeat(ScheduledWork work, TimeSpan due, TimeSpan interval)
    {
        lock (_gate)
        {
            TimeSpan now = MonotonicClock;
            TimeSpan next = Later(due, interval);
            if (!_disposed)
            {
                Add(work, next > now ? next : Later(now, interval));
            }
        }
    }

    private static TimeSpan Later(TimeSpan time, TimeSpan delay) =>
        delay < TimeSpan.MaxValue - time ? time + delay : TimeSpan.MaxValue;
}
