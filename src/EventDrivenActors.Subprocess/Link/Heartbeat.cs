using System.Diagnostics;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Sends signs of life, and measures the other end's silence, on a thread of its own.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly FrameConnection _connection;
    private readonly SubprocessSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<SilenceSign, TimeSpan, TimeSpan>? _sign;
    private readonly PoolWatch _pool;
    private readonly SilenceWatch _watch;
    private readonly ManualResetEvent _stop = new(false);
    private long _heard;
    private volatile bool _peerIsDebugged;
    private volatile bool _peerIsStuck;

    /// <summary>Starts the thread. It calls <paramref name="sign"/> with what a silence means, its length so far, and how long the other end's thread pool had taken no work.</summary>
    public Heartbeat(FrameConnection connection, SubprocessSettings settings, TimeProvider time, Action<SilenceSign, TimeSpan, TimeSpan>? sign = null)
    {
        _connection = connection;
        _settings = settings;
        _time = time;
        _sign = sign;
        _watch = new SilenceWatch(settings.UnresponsiveAfter, settings.KillAfter);
        _pool = new PoolWatch(settings.UnresponsiveAfter);
        _heard = time.GetTimestamp();
        new Thread(Beat, 128 * 1024) { IsBackground = true, Name = "link-heartbeat" }.Start();
    }

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

    public void Dispose() => _stop.Set();

    private void Beat()
    {
        do
        {
            var stuck = _pool.IsStuck(ThreadPool.CompletedWorkItemCount, ThreadPool.PendingWorkItemCount);
            _connection.Write(FrameKind.Heartbeat, [Debugger.IsAttached ? (byte)1 : (byte)0, stuck ? (byte)1 : (byte)0]);
            var pool = _pool.Look(_time.GetElapsedTime(0), _peerIsStuck, out var starved);
            if (pool != SilenceSign.None)
                _sign?.Invoke(pool, TimeSpan.Zero, starved);
            var sign = _watch.Look(
                _time.GetElapsedTime(0), _time.GetElapsedTime(0, Volatile.Read(ref _heard)), Debugger.IsAttached || _peerIsDebugged, out var silence);
            if (sign != SilenceSign.None)
                _sign?.Invoke(sign, silence, starved);
        }
        while (!_stop.WaitOne(_settings.HeartbeatMilliseconds));
    }
}
