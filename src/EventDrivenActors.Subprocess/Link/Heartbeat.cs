using System.Diagnostics;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Sends signs of life, and measures the other end's silence, on a thread of its own.</summary>
internal sealed class Heartbeat : IDisposable
{
    private readonly FrameConnection _connection;
    private readonly SubprocessSettings _settings;
    private readonly TimeProvider _time;
    private readonly Action<TimeSpan>? _unresponsive;
    private readonly Action<TimeSpan>? _frozen;
    private readonly SilenceMeter _silence;
    private readonly ManualResetEvent _stop = new(false);
    private long _heard;
    private volatile bool _peerIsDebugged;

    /// <summary>Starts the thread. It calls <paramref name="unresponsive"/> once for each silence, with its length so far, and <paramref name="frozen"/> once, and
    /// never while a debugger holds either end.</summary>
    public Heartbeat(
        FrameConnection connection, SubprocessSettings settings, TimeProvider time, Action<TimeSpan>? unresponsive = null, Action<TimeSpan>? frozen = null)
    {
        _connection = connection;
        _settings = settings;
        _time = time;
        _unresponsive = unresponsive;
        _frozen = frozen;
        _heard = time.GetTimestamp();
        _silence = new SilenceMeter(settings.UnresponsiveAfter);
        new Thread(Beat, 128 * 1024) { IsBackground = true, Name = "link-heartbeat" }.Start();
    }

    /// <summary>Notes that the other end lives. Called for every frame.</summary>
    public void Heard(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        Volatile.Write(ref _heard, _time.GetTimestamp());
        if (kind == FrameKind.Heartbeat)
            _peerIsDebugged = payload.Length > 0 && payload[0] == 1;
    }

    public void Dispose() => _stop.Set();

    private void Beat()
    {
        var told = false;
        var over = false;
        do
        {
            _connection.Write(FrameKind.Heartbeat, [Debugger.IsAttached ? (byte)1 : (byte)0]);
            var heard = Volatile.Read(ref _heard);
            var silence = _silence.Look(_time.GetElapsedTime(0), _time.GetElapsedTime(0, heard));
            if (silence < _settings.UnresponsiveAfter)
            {
                told = false;
                continue;
            }
            if (!told)
                _unresponsive?.Invoke(silence);
            told = true;
            if (over || silence < _settings.KillAfter || Debugger.IsAttached || _peerIsDebugged)
                continue;
            over = true;
            _frozen?.Invoke(silence);
        }
        while (!_stop.WaitOne(_settings.HeartbeatInterval));
    }
}
