using EventDrivenActors.Time;

namespace EventDrivenActors;

/// <summary>
/// Calls back once when a time is up, and never earlier. It takes any time in the range of <see cref="TimeOption"/>,
/// and any clock.
/// </summary>
/// <remarks>
/// On the system's clock one thread of the process keeps the time of all timers, so a starved thread pool cannot delay
/// them. It sleeps until a timer may be due, and is started for the first timer. Setting a timer again costs a few
/// nanoseconds unless the new time is earlier. A callback may run, or begin to run, while another thread sets or clears
/// the timer, so it must check whether it is still wanted. All members may be called by any thread.
/// </remarks>
public sealed class DueTimer : IDisposable
{
    /// <summary>The framework's timers take some weeks at most; looking too early does no harm.</summary>
    private static readonly TimeSpan Longest = TimeSpan.FromDays(24);

    private const long NanosecondsPerSecond = 1_000_000_000;

    /// <summary>
    /// More than a hundred years of ticks; as nanoseconds added to a time stamp they are far from an overflow.
    /// </summary>
    private const ulong PlainTicks = 1UL << 55;

    private const long PlainStamp = 1L << 60;

    private readonly TimeProvider _time;
    private readonly Action _callback;
    private readonly bool _onPool;
    private readonly ITimer? _timer;

    // Any thread; interlocked or volatile.
    private long _due = long.MaxValue;

    // Written under the lock of DueTimerThread; any thread reads it; volatile.
    private long _entry = long.MaxValue;

    // Any thread that arms a timer of another clock; the last one wins.
    private bool _shortened;

    /// <summary>Creates a timer that is not set.</summary>
    /// <param name="time">The clock.</param>
    /// <param name="callback">Runs when the time is up. On the system's clock all timers of the process wait for it, so
    /// it must be quick and run no user code.</param>
    /// <param name="onPool">Whether to run the callback on the thread pool where the clock is the system's: for
    /// callbacks that may take long.</param>
    public DueTimer(TimeProvider time, Action callback, bool onPool = false)
    {
        ArgumentNullException.ThrowIfNull(time);
        ArgumentNullException.ThrowIfNull(callback);
        _time = time;
        _callback = callback;
        _onPool = onPool;
        if (!ReferenceEquals(time, TimeProvider.System))
        {
            _timer = time.CreateTimer(
                static timer => ((DueTimer)timer!).OnTimer(),
                this,
                Timeout.InfiniteTimeSpan,
                Timeout.InfiniteTimeSpan
            );
        }
    }

    /// <summary>
    /// When <see cref="DueTimerThread"/> looks at it. Written under the lock of that class only.
    /// </summary>
    internal long Entry
    {
        get => Volatile.Read(ref _entry);
        set => Volatile.Write(ref _entry, value);
    }

    /// <summary>Tells apart those with the same entry; as <see cref="Entry"/>.</summary>
    internal long Number { get; set; }

    /// <summary>Waits for a time.</summary>
    /// <param name="wait">How long; zero or less for not at all, <see cref="Timeout.InfiniteTimeSpan"/> for
    /// ever.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the time is up.</returns>
    public static async Task DelayAsync(TimeSpan wait, TimeProvider time, CancellationToken cancellationToken = default)
    {
        TaskCompletionSource due = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using DueTimer timer = new(time, () => due.TrySetResult());
        timer.Set(wait);
        await due.Task.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sets the timer, in place of the time that it had.</summary>
    /// <param name="wait">How long from now; zero or less for at once, <see cref="Timeout.InfiniteTimeSpan"/> for
    /// never.</param>
    public void Set(TimeSpan wait) => SetAt(Later(_time, _time.GetTimestamp(), wait));

    /// <summary>Clears the timer: it no longer calls back.</summary>
    public void Clear()
    {
        if (_timer is null)
        {
            Volatile.Write(ref _due, long.MaxValue);
        }
        else
        {
            SetAt(long.MaxValue);
        }
    }

    /// <summary>Clears the timer and releases what it holds of the clock.</summary>
    public void Dispose()
    {
        Volatile.Write(ref _due, long.MaxValue);
        if (_timer is not null)
        {
            _timer.Dispose();
        }
        else if (Entry != long.MaxValue)
        {
            DueTimerThread.Shared.Remove(this);
        }
    }

    /// <summary>The time stamp that comes a time after another; <see cref="long.MaxValue"/> for never.</summary>
    internal static long Later(TimeProvider time, long from, TimeSpan wait)
    {
        if (wait == Timeout.InfiniteTimeSpan)
        {
            return long.MaxValue;
        }

        if (time.TimestampFrequency == NanosecondsPerSecond && (ulong)wait.Ticks < PlainTicks && from < PlainStamp)
        {
            return from + (wait.Ticks * (NanosecondsPerSecond / TimeSpan.TicksPerSecond));
        }

        Int128 stamps =
            ((Int128)wait.Ticks * time.TimestampFrequency + TimeSpan.TicksPerSecond - 1) / TimeSpan.TicksPerSecond;
        Int128 later = from + (stamps > 0 ? stamps : 0);
        return later < long.MaxValue ? (long)later : long.MaxValue;
    }

    internal void SetAt(long timestamp)
    {
        Interlocked.Exchange(ref _due, timestamp);
        if (_timer is not null)
        {
            Arm(early: false);
        }
        else if (timestamp < Entry)
        {
            DueTimerThread.Shared.Add(this, timestamp);
        }
    }

    /// <summary>Its time is up, as far as the caller knows.</summary>
    /// <returns>When to look again; <see cref="long.MaxValue"/> for never.</returns>
    internal long Look(long now)
    {
        long due = Volatile.Read(ref _due);
        if (due > now)
        {
            return due;
        }

        if (Interlocked.CompareExchange(ref _due, long.MaxValue, due) == due)
        {
            Call();
        }

        return long.MaxValue;
    }

    private void Call()
    {
        if (_onPool && _timer is null)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static callback => callback(), _callback, preferLocal: false);
        }
        else
        {
            _callback();
        }
    }

    private void OnTimer()
    {
        if (Look(_time.GetTimestamp()) != long.MaxValue)
        {
            Arm(early: !_shortened);
        }
    }

    /// <param name="early">Whether the clock has called before the time was up, as coarse clocks do; then it gets a
    /// little more time.</param>
    private void Arm(bool early)
    {
        long due;
        do
        {
            // Two threads may set it at once, and the later one may know the older time. There is no lock, because a
            // clock may call back under a lock of its own.
            due = Volatile.Read(ref _due);
            TimeSpan left =
                due == long.MaxValue ? Timeout.InfiniteTimeSpan : _time.GetElapsedTime(_time.GetTimestamp(), due);
            _shortened = left > Longest;
            _timer!.Change(
                due == long.MaxValue ? left
                    : _shortened ? Longest
                    : left < TimeSpan.Zero ? TimeSpan.Zero
                    : early ? left + TimeSpan.FromMilliseconds(1)
                    : left,
                Timeout.InfiniteTimeSpan
            );
        } while (due != Volatile.Read(ref _due));
    }
}
