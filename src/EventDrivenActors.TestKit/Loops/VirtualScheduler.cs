using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Akka's scheduler on the virtual clock, which owns the clock and the work of its actor system; <c>hocon/test.conf</c>
/// names it.
/// </summary>
internal sealed class VirtualScheduler : SchedulerBase
{
    public VirtualScheduler(Config config, ILoggingAdapter log)
        : base(config, log) => Time.Place = Work;

    public VirtualTime Time { get; } = new();

    public LoopWork Work { get; } = new();

    public override TimeSpan MonotonicClock => Time.GetElapsedTime(0);

    public override TimeSpan HighResMonotonicClock => MonotonicClock;

    protected override DateTimeOffset TimeNow => Time.GetUtcNow();

    public static VirtualScheduler Of(IScheduler scheduler) =>
        scheduler as VirtualScheduler
        ?? throw new InvalidOperationException(
            $"The actor system's scheduler is '{scheduler.GetType()}', which does not run on virtual time; create the "
                + "controller in the actor system of a ControllerTestKit."
        );

    protected override void InternalScheduleTellOnce(
        TimeSpan delay,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable? cancelable
    ) => Schedule(delay, Timeout.InfiniteTimeSpan, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay,
        TimeSpan interval,
        ICanTell receiver,
        object message,
        IActorRef sender,
        ICancelable? cancelable
    ) => Schedule(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable? cancelable) =>
        Schedule(delay, Timeout.InfiniteTimeSpan, action.Run, cancelable);

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

    private void Schedule(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
        {
            return;
        }

        ITimer timer = Time.CreateTimer(_ => Fire(action, cancelable), null, delay, interval);
        cancelable?.Token.Register(timer.Dispose);
    }

    /// <summary>Runs an action. If it throws, the exception is logged and the clock goes on.</summary>
    private void Fire(Action action, ICancelable? cancelable)
    {
        if (cancelable is { IsCancellationRequested: true })
        {
            return;
        }

        try
        {
            action();
        }
        catch (Exception exception)
        {
            Log.Error(exception, "A scheduled action failed: {0}", exception.Message);
        }
    }
}
