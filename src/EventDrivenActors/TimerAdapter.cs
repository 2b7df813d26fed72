using EventDrivenActors.Timers;

namespace EventDrivenActors;

/// <summary>Dispatches a periodic event while its controller runs.</summary>
/// <remarks>
/// A tick that comes due while the previous one has not been handled, or while the process stands still, is dropped and
/// counted, so there is at most one in the queue and a pause is never followed by a burst. So are ticks of an interval
/// that is shorter than the clock can tell apart, which is a millisecond at best. Suspending the controller keeps the
/// timer. All members may be called by any thread.
/// </remarks>
public sealed class TimerAdapter : IAdapter
{
    private readonly Lock _gate = new();
    private readonly object _key;
    private readonly TickedTimer _ticked;

    // Set once by Configure, before any run; then any thread reads it.
    private IAdapterContext? _context;

    // Under _gate.
    private DueTimer? _timer;
    private TickSchedule _schedule;
    private TimeSpan? _interval;
    private long _number;
    private long _missedSinceTick;
    private bool _running;
    private bool _armed;

    // Any thread; interlocked.
    private long _skipped;

    // Written under _gate when the timer is armed; the thread that ticks reads them without it.
    private ExecutionContext? _armedIn;
    private bool _givesTurn;

    // Set under _gate by the thread that takes a tick, which clears it without the lock after the dispatch.
    private bool _dispatching;

    // Written by the thread that has set _dispatching; read under _gate while that is clear.
    private Pending? _last;

    /// <summary>Creates a timer.</summary>
    /// <param name="interval">Its interval, 100 ns to 10 years; <see langword="null"/> or infinite to arm it later with
    /// <see cref="SetTiming"/>.</param>
    /// <param name="key">The key of its event; default <see cref="ControllerEvents.Timing"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is none of these.</exception>
    public TimerAdapter(TimeSpan? interval, object? key = null)
    {
        _interval = Checked(interval);
        _key = EventKey.Unwrap(key ?? ControllerEvents.Timing);
        _ticked = new TickedTimer(Tick, Skip);
    }

    /// <summary>Creates a timer that <see cref="SetTiming"/> arms.</summary>
    public TimerAdapter()
        : this(null) { }

    /// <summary>
    /// How many ticks were dropped in all, because the one before had not been handled or because they came due while
    /// the process stood still.
    /// </summary>
    public long Missed { get; private set; }

    /// <inheritdoc/>
    public void Configure(IAdapterContext controller)
    {
        ArgumentNullException.ThrowIfNull(controller);
        if (_context is not null)
        {
            throw new InvalidOperationException(
                "This TimerAdapter belongs to a controller already; make one for each controller."
            );
        }

        _context = controller;
        controller.Lifecycle.InPlace.OnStarted(() => SetRunning(true));
        controller.Lifecycle.OnStopping(_ =>
        {
            SetRunning(false);
            return default;
        });
    }

    /// <summary>Changes the interval; the first tick comes one interval from now, as number 1.</summary>
    /// <param name="interval">The interval, 100 ns to 10 years; <see langword="null"/> or infinite to stop.</param>
    /// <exception cref="ArgumentOutOfRangeException">The interval is none of these; the timer goes on as
    /// before.</exception>
    public void SetTiming(TimeSpan? interval)
    {
        TimeSpan? wanted = Checked(interval);
        lock (_gate)
        {
            _interval = wanted;
            _number = 0;
            _missedSinceTick = 0;
            Arm();
        }
    }

    private static TimeSpan? Checked(TimeSpan? interval) =>
        TimeOption.Limit(TimeOption.Require(interval, nameof(interval)));

    private void SetRunning(bool running)
    {
        lock (_gate)
        {
            _running = running;
            _number = 0;
            _missedSinceTick = 0;
            Arm();
        }
    }

    private void Arm()
    {
        _armed = _running && _interval is not null;
        Interlocked.Exchange(ref _skipped, 0);
        if (ReferenceEquals(_context?.TimeProvider, TimeProvider.System))
        {
            ArmOnSystemClock();
        }
        else if (_armed)
        {
            _ticked.Arming++;
            _timer ??= new DueTimer(_context!.TimeProvider, OnDue);
            _schedule = new TickSchedule(Now + _interval!.Value, _interval.Value);
            _timer.Set(_interval.Value);
        }
        else
        {
            _timer?.Dispose();
            _timer = null;
        }
    }

    private void ArmOnSystemClock()
    {
        if (!_armed)
        {
            SystemTicker.Shared.Disarm(_ticked);
            return;
        }

        // Filters are user code: they run in the context in which the timer was armed, as with any timer, and may wait
        // for what they set off.
        _givesTurn = _context!.Controller is ControllerBase { OutboundFilters.Count: 0 };
        _armedIn = _givesTurn ? null : ExecutionContext.Capture();
        SystemTicker.Shared.Arm(_ticked, _interval!.Value);
    }

    private TimeSpan Now => _context!.TimeProvider.GetElapsedTime(0);

    /// <summary>On a clock that is not the system's.</summary>
    private void OnDue()
    {
        int arming;
        lock (_gate)
        {
            arming = _ticked.Arming;
            TimeSpan now = Now;
            if (!_armed || now < _schedule.Due)
            {
                return;
            }

            _schedule = _schedule.After(now, out long skipped);
            Skip(skipped);
            _timer!.Set(_schedule.Due - now);
        }

        Tick(arming);
    }

    /// <summary>Counts ticks that came due during a pause; the next tick carries their number.</summary>
    private void Skip(long ticks) => Interlocked.Add(ref _skipped, ticks);

    /// <summary>
    /// Ticks once. On the system's clock nothing is left on the stack but the pool and the ticker, so a turn may be
    /// given here.
    /// </summary>
    /// <param name="arming">The arming that the tick is due by; a tick of an earlier one is none.</param>
    private void Tick(int arming)
    {
        if (Next(arming) is not { } tick)
        {
            return;
        }

        bool givesTurn = _givesTurn;
        if (givesTurn)
        {
            OfferedThread.Begin();
        }

        try
        {
            _last = Dispatch(tick);
        }
        catch (Exception exception)
        {
            Drop(tick, exception);
        }

        IThreadPoolWorkItem? turn = givesTurn ? OfferedThread.End() : null;

        // The next tick may come while the handler still runs.
        Volatile.Write(ref _dispatching, false);
        turn?.Execute();
    }

    private TimerTick? Next(int arming)
    {
        lock (_gate)
        {
            if (!_armed || arming != _ticked.Arming)
            {
                return null;
            }

            long skipped = Interlocked.Exchange(ref _skipped, 0);
            Missed += skipped;
            _missedSinceTick += skipped;

            // The user's filters run within a dispatch, and may block: then each further tick would only block another
            // thread.
            if (Volatile.Read(ref _dispatching) || _last is { IsSettled: false })
            {
                Miss();
                return null;
            }

            _dispatching = true;
            TimerTick tick = new(++_number, _missedSinceTick);
            _missedSinceTick = 0;
            return tick;
        }
    }

    private Pending Dispatch(TimerTick tick) =>
        _armedIn is { } context ? DispatchIn(context, tick) : _context!.Controller.Dispatch(_key, tick);

    private Pending DispatchIn(ExecutionContext context, TimerTick tick)
    {
        Pending pending = null!;
        ExecutionContext.Run(context, _ => pending = _context!.Controller.Dispatch(_key, tick), null);
        return pending;
    }

    private void Drop(TimerTick tick, Exception exception)
    {
        lock (_gate)
        {
            _missedSinceTick += tick.Missed;
            Miss();
        }

        if (exception is not InvalidOperationException && _context!.Controller is ControllerBase controller)
        {
            // A filter has failed. A controller that is closing, or whose queue is full, simply drops a tick.
            controller.Log.AdapterFailed(exception);
        }
    }

    private void Miss()
    {
        Missed++;
        _missedSinceTick++;
    }
}
