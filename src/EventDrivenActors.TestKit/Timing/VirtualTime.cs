using EventDrivenActors.TestKit.Timing;

namespace EventDrivenActors.TestKit;

/// <summary>
/// A clock that stands still until a test moves it. Its timers fire while it moves, in the order in which they are due.
/// </summary>
/// <remarks>
/// The clock of a <see cref="ControllerTestKit"/> drives the library, Akka's scheduler and any other code that takes a
/// <see cref="TimeProvider"/>. After each timer it waits until the loops are quiet. A clock that you create yourself
/// knows no loops and waits for none. All members are thread-safe, but only one thread at a time should move the clock.
/// </remarks>
public sealed partial class VirtualTime : TimeProvider
{
    private readonly Lock _gate = new();
    private readonly DateTimeOffset _start;

    // Under _gate.
    private readonly SortedSet<VirtualTimer> _armed = [];
    private TaskCompletionSource _changed = NewChange();
    private long _sequence;

    // Written under _gate; read by any thread.
    private long _now;

    /// <summary>Creates a clock that shows midnight of 1 January 2000, UTC.</summary>
    public VirtualTime()
        : this(new DateTimeOffset(2000, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>Creates a clock.</summary>
    /// <param name="start">The time that the clock shows before it is moved.</param>
    public VirtualTime(DateTimeOffset start) => _start = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    /// <summary>The time left until the next timer fires; <see langword="null"/> when none is armed.</summary>
    public TimeSpan? NextDue
    {
        get
        {
            lock (_gate)
            {
                return NextDueLocked();
            }
        }
    }

    /// <summary>
    /// The loops: says when they are quiet, and runs what is due at once. Null for a clock without loops.
    /// </summary>
    internal IQuietPlace? Place { get; set; }

    /// <summary>Whether continuations must run in the caller's context, because one thread runs everything.</summary>
    private bool StaysHere => Place is { IsOneThread: true };

    /// <inheritdoc/>
    public override long GetTimestamp() => Volatile.Read(ref _now);

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => _start.AddTicks(GetTimestamp());

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        VirtualTimer timer = new(this, () => callback(state));
        timer.Change(dueTime, period);
        return timer;
    }

    /// <summary>
    /// Moves the clock forward, and fires each timer that comes due, in order, at its time, on the calling thread.
    /// </summary>
    /// <param name="by">How far; zero only waits until the loops are quiet.</param>
    /// <remarks>
    /// Returns when the loops are quiet again, and blocks the calling thread until then; prefer
    /// <see cref="AdvanceAsync"/>.
    /// </remarks>
    /// <exception cref="InvalidOperationException">A handler called this; it would wait for itself.</exception>
    /// <exception cref="TimeoutException">The loops were not quiet within the limit of real time; the message says
    /// which were at work.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan by)
    {
        long target = Target(by);
        Place?.WaitUntilQuiet();
        while (TakeDue(target) is { } callback)
        {
            callback();
            Place?.WaitUntilQuiet();
        }
    }

    /// <summary>
    /// Moves the clock forward, and fires each timer that comes due, in order, at its time. After each timer it waits
    /// until the loops are quiet.
    /// </summary>
    /// <param name="by">How far; zero only waits until the loops are quiet.</param>
    /// <returns>A task that completes when the clock shows the new time and the loops are quiet.</returns>
    /// <exception cref="InvalidOperationException">A handler called this; it would wait for itself.</exception>
    /// <exception cref="TimeoutException">The loops were not quiet within the limit of real time; the message says
    /// which were at work.</exception>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public async Task AdvanceAsync(TimeSpan by)
    {
        long target = Target(by);
        await QuietAsync().ConfigureAwait(StaysHere);
        while (TakeDue(target) is { } callback)
        {
            callback();
            await QuietAsync().ConfigureAwait(StaysHere);
        }
    }

    /// <summary>
    /// Moves the clock as if the process had stood still: each timer that came due meanwhile fires once, late. This
    /// does not wait for the loops.
    /// </summary>
    /// <param name="by">How far.</param>
    /// <exception cref="ArgumentOutOfRangeException">It is negative.</exception>
    public void Jump(TimeSpan by)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(by, TimeSpan.Zero);
        List<Action> callbacks = [];
        lock (_gate)
        {
            _now += by.Ticks;
            foreach (VirtualTimer timer in _armed.TakeWhile(timer => timer.Due <= _now).ToArray())
            {
                callbacks.Add(timer.Callback);
                Renew(timer, _now);
            }
        }

        callbacks.ForEach(callback => callback());
    }

    /// <summary>Moves the clock to the next timer.</summary>
    /// <returns>
    /// The callback that is due then, for the caller to run; <see langword="null"/> when no timer is armed.
    /// </returns>
    internal Action? TakeNext()
    {
        lock (_gate)
        {
            return NextDueLocked() is { } next ? TakeDue(_now + next.Ticks) : null;
        }
    }

    /// <summary>Forgets all timers and returns to the start, between two independent runs.</summary>
    internal void StartOver()
    {
        lock (_gate)
        {
            _armed.Clear();
            Volatile.Write(ref _now, 0);
        }
    }

    internal void Arm(VirtualTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_gate)
        {
            _armed.Remove(timer);
            if (dueTime < TimeSpan.Zero)
            {
                return;
            }

            timer.Due = _now + dueTime.Ticks;
            timer.Sequence = _sequence++;
            timer.Period = Math.Max(0, period.Ticks);
            _armed.Add(timer);
            _changed.TrySetResult();
            _changed = NewChange();
        }

        if (dueTime == TimeSpan.Zero)
        {
            RunSoon(FireDue);
        }
    }

    private static TimeSpan DriveLimit { get; } = TimeSpan.FromSeconds(30);

    private static TaskCompletionSource NewChange() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private long Target(TimeSpan by)
    {
        if (by < TimeSpan.Zero)
        {
            throw new ArgumentOutOfRangeException(nameof(by), $"The time to move by is '{by}'; time does not go back.");
        }

        Place?.ThrowIfInside();
        return GetTimestamp() + by.Ticks;
    }

    private Task QuietAsync() => Place?.WhenQuietAsync() ?? Task.CompletedTask;

    private void RunSoon(Action action)
    {
        if (Place is { } place)
        {
            place.Run(action);
        }
        else
        {
            ThreadPool.QueueUserWorkItem(static run => run(), action, preferLocal: false);
        }
    }

    private void FireDue()
    {
        while (TakeDue(GetTimestamp()) is { } callback)
        {
            callback();
        }
    }

    private TimeSpan? NextDueLocked() =>
        _armed.Min is { } timer ? TimeSpan.FromTicks(Math.Max(0, timer.Due - _now)) : null;

    private Action? TakeDue(long target)
    {
        lock (_gate)
        {
            VirtualTimer? timer = _armed.Min is { } first && first.Due <= target ? first : null;
            Volatile.Write(ref _now, Math.Max(_now, timer?.Due ?? target));
            if (timer is null)
            {
                return null;
            }

            Renew(timer, timer.Due);
            return timer.Callback;
        }
    }

    /// <summary>Takes a timer that has fired off the list, and arms a periodic one again. Under _gate.</summary>
    private void Renew(VirtualTimer timer, long firedAt)
    {
        _armed.Remove(timer);
        if (timer.Period > 0)
        {
            timer.Due = firedAt + timer.Period;
            timer.Sequence = _sequence++;
            _armed.Add(timer);
        }
    }
}
