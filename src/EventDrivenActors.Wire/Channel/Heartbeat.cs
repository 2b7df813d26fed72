using System.Diagnostics;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// Sends signs of life, and measures the other end's silence: on the system's clock on a thread of its own, on any
/// other clock when that clock says so.
/// </summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly FrameConnection _connection;
    private readonly ChannelSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<SilenceSign, TimeSpan, TimeSpan>? _sign;
    private readonly Func<bool> _isStuck;
    private readonly PoolWatch _pool;
    private readonly SilenceWatch _watch;
    private readonly ManualResetEvent _stop = new(false);
    private readonly DueTimer? _timer;

    // Any thread, by volatile reads and writes.
    private long _heard;
    private volatile bool _peerIsDebugged;
    private volatile bool _peerIsStuck;

    /// <summary>
    /// Begins. Calls <paramref name="sign"/> with what a silence means, its length so far, and how long the other end's
    /// thread pool had taken no work.
    /// </summary>
    /// <param name="connection">To the other end.</param>
    /// <param name="settings">Of the link.</param>
    /// <param name="time">The clock.</param>
    /// <param name="sign">Hears of a silence.</param>
    /// <param name="isStuck">Asks at each sign of life whether this end takes no work. By default that is read from the
    /// thread pool on the system's clock; on another clock, whose time says nothing about the pool, no end is
    /// stuck.</param>
    public Heartbeat(
        FrameConnection connection,
        ChannelSettings settings,
        TimeProvider time,
        Action<SilenceSign, TimeSpan, TimeSpan>? sign = null,
        Func<bool>? isStuck = null
    )
    {
        _connection = connection;
        _settings = settings;
        _time = time;
        _sign = sign;
        _watch = new SilenceWatch(settings.UnresponsiveAfter, settings.KillAfter);
        _pool = new PoolWatch(settings.UnresponsiveAfter);
        _heard = time.GetTimestamp();
        if (ReferenceEquals(time, TimeProvider.System))
        {
            _isStuck =
                isStuck ?? (() => _pool.IsStuck(ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount));
            new Thread(Beat, 128 * 1024) { IsBackground = true, Name = "link-heartbeat" }.Start();
            return;
        }
        _isStuck = isStuck ?? (() => false);
        _timer = new DueTimer(time, BeatAndSet);
        BeatAndSet();
    }

    /// <summary>
    /// Whether a debugger holds this end. One that holds a simulated world must not change what happens in it.
    /// </summary>
    private bool IsDebugged => _timer is null && Debugger.IsAttached;

    /// <summary>Notes that the other end lives. Called for every frame.</summary>
    public void Heard(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        Volatile.Write(ref _heard, _time.GetTimestamp());
        if (kind == FrameKind.Heartbeat)
        {
            _peerIsDebugged = payload.Length > 0 && payload[0] == 1;
            _peerIsStuck = payload.Length > 1 && payload[1] == 1;
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _timer?.Dispose();
    }

    private void Beat()
    {
        do
        {
            BeatOnce();
        } while (!_stop.WaitOne(_settings.HeartbeatMilliseconds));
    }

    private void BeatAndSet()
    {
        BeatOnce();
        _timer!.Set(_settings.HeartbeatInterval);
        if (_stop.WaitOne(0))
        {
            // It was disposed of meanwhile, and must not be set.
            _timer.Dispose();
        }
    }

    private void BeatOnce()
    {
        _connection.Write(FrameKind.Heartbeat, [IsDebugged ? (byte)1 : (byte)0, _isStuck() ? (byte)1 : (byte)0]);
        SilenceSign pool = _pool.Look(_time.GetElapsedTime(0), _peerIsStuck, out TimeSpan starved);
        if (pool != SilenceSign.None)
        {
            _sign?.Invoke(pool, TimeSpan.Zero, starved);
        }

        SilenceSign sign = _watch.Look(
            _time.GetElapsedTime(0),
            _time.GetElapsedTime(0, Volatile.Read(ref _heard)),
            IsDebugged || _peerIsDebugged,
            out TimeSpan silence
        );
        if (sign != SilenceSign.None)
        {
            _sign?.Invoke(sign, silence, starved);
        }
    }
}
