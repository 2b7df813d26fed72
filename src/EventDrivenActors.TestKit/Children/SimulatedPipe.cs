using System.Net.Sockets;
using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// One direction of a simulated link: bytes that were sent and have not arrived, and such that have arrived and have
/// not been received. Any thread.
/// </summary>
/// <remarks>
/// They arrive by actions among the loops' work. Each takes the next of what was sent, often everything, sometimes a
/// part, in which case a frame may be cut. How that is chosen does not depend on lengths, since those of stack traces
/// are not the same in each run.
/// </remarks>
internal sealed class SimulatedPipe(LoopWork work, VirtualTime time, SimulatedDice dice)
{
    private readonly Lock _gate = new();
    private readonly Queue<(byte[] Bytes, long NotBefore)> _sent = [];
    private byte[] _arrived = [];
    private int _cut;
    private int _received;
    private long _notBefore;
    private Func<bool>? _read;
    private DueTimer? _timer;
    private SocketError _ending = SocketError.Success;
    private bool _scheduled;
    private bool _closed;
    private bool _ended;
    private bool _held;
    private bool _broken;

    /// <summary>
    /// Limits how many of the bytes that come next may arrive, and is told how many did; null for no limit.
    /// </summary>
    public Func<int, int>? Admit { get; set; }

    /// <summary>Is told after bytes have arrived.</summary>
    public Action? Arrived { get; set; }

    /// <summary>Whether something was sent that the other end has not taken.</summary>
    public bool HasUnread
    {
        get
        {
            lock (_gate)
            {
                return _sent.Count > 0 || _received < _arrived.Length;
            }
        }
    }

    /// <returns>False when the pipe takes nothing more.</returns>
    public bool Send(ReadOnlySpan<byte> bytes)
    {
        lock (_gate)
        {
            if (_closed)
            {
                return false;
            }

            _sent.Enqueue((bytes.ToArray(), _notBefore));
            Schedule();
            return true;
        }
    }

    public int Receive(Span<byte> target, out SocketError error)
    {
        lock (_gate)
        {
            int there = Math.Min(target.Length, _arrived.Length - _received);
            _arrived.AsSpan(_received, there).CopyTo(target);
            _received += there;
            error =
                there > 0 ? SocketError.Success
                : _ended ? _ending
                : SocketError.WouldBlock;
            return there;
        }
    }

    /// <summary>From now on what arrives is read. Called once.</summary>
    public void StartReading(Func<bool> read)
    {
        lock (_gate)
        {
            _read = read;
            Schedule();
        }
    }

    /// <summary>Nothing more is sent; what was sent arrives, and then the end.</summary>
    public void Close(SocketError ending = SocketError.Success)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _ending = ending;
                Schedule();
            }
        }
    }

    /// <summary>The reading end shuts down: what has not arrived because it is late never does.</summary>
    public void CloseByReader()
    {
        lock (_gate)
        {
            (byte[] Bytes, long NotBefore)[] due = _held
                ? []
                : [.. _sent.TakeWhile(piece => piece.NotBefore <= time.GetTimestamp())];
            if (due.Length < _sent.Count)
            {
                _cut = due.Length > 0 ? _cut : 0;
                _sent.Clear();
                Array.ForEach(due, _sent.Enqueue);
            }

            _held = false;
            _closed = true;
            Schedule();
        }
    }

    /// <summary>The process that reads is gone.</summary>
    public void Break()
    {
        lock (_gate)
        {
            _closed = true;
            _broken = true;
            _sent.Clear();
            _read = null;
            _timer?.Dispose();
        }
    }

    /// <summary>Nothing more arrives until <see cref="Release"/>.</summary>
    public void Hold()
    {
        lock (_gate)
        {
            _held = true;
        }
    }

    public void Release()
    {
        lock (_gate)
        {
            _held = false;
            Schedule();
        }
    }

    /// <summary>What is sent from now on arrives so much later.</summary>
    public void Delay(TimeSpan by)
    {
        lock (_gate)
        {
            _notBefore = Math.Max(_notBefore, time.GetTimestamp() + by.Ticks);
        }
    }

    /// <summary>Under the gate.</summary>
    private void Schedule()
    {
        if (_scheduled || _held || _read is null || _ended)
        {
            return;
        }

        if (!_sent.TryPeek(out (byte[] Bytes, long NotBefore) first) ? !_closed : first.NotBefore > time.GetTimestamp())
        {
            if (first.Bytes is not null)
            {
                _timer ??= new DueTimer(time, OnDue);
                _timer.Set(TimeSpan.FromTicks(first.NotBefore - time.GetTimestamp()));
            }

            return;
        }

        _scheduled = true;
        work.Run(Arrive);
    }

    private void OnDue()
    {
        lock (_gate)
        {
            Schedule();
        }
    }

    private void Arrive()
    {
        Func<bool>? read;
        lock (_gate)
        {
            read = _held ? null : _read;
            if (read is not null)
            {
                Take();
            }
        }

        bool more = read is not null && ReadAll(read);
        if (read is not null)
        {
            Arrived?.Invoke();
        }

        lock (_gate)
        {
            _scheduled = false;
            _read = more || read is null ? _read : null;
            Schedule();
        }
    }

    /// <summary>Moves the next bytes to those that have arrived. Under the gate.</summary>
    private void Take()
    {
        int pieces = dice.Often ? int.MaxValue : dice.Next(3) + 1;
        List<byte> arrived = [.. _arrived.AsSpan(_received)];
        for (
            ;
            pieces > 0
                && _sent.TryPeek(out (byte[] Bytes, long NotBefore) piece)
                && piece.NotBefore <= time.GetTimestamp();
            pieces--
        )
        {
            ReadOnlySpan<byte> left = piece.Bytes.AsSpan(_cut);
            double share = dice.Rarely ? dice.NextDouble() : 1;
            int length = share < 1 ? (int)(left.Length * share) : left.Length;
            int admitted = Admit?.Invoke(length) ?? length;
            arrived.AddRange(left[..admitted]);
            if (admitted < left.Length)
            {
                _cut += admitted;
                break;
            }

            _cut = 0;
            _sent.Dequeue();
        }

        _arrived = [.. arrived];
        _received = 0;
        _ended = _closed && _sent.Count == 0;
    }

    private bool ReadAll(Func<bool> read)
    {
        while (true)
        {
            if (!Loose.Run(read))
            {
                return false;
            }

            lock (_gate)
            {
                if (_broken || (_received == _arrived.Length && !_ended))
                {
                    return true;
                }
            }
        }
    }
}
