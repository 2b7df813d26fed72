using System.Net.Sockets;
using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.TestKit.Children;

/// <summary>
/// One direction of a simulated link. It holds the bytes that are under way, and those that have arrived and wait for
/// the reader. Any thread.
/// </summary>
/// <remarks>
/// Bytes arrive by actions that run among the work of the loops. Each action moves some of the sent bytes, usually all
/// of them; a frame may be cut. The choice does not depend on lengths, because the lengths of stack traces differ from
/// run to run.
/// </remarks>
internal sealed class SimulatedPipe(LoopWork work, VirtualTime time, SimulatedDice dice)
{
    private readonly Lock _gate = new();

    // Under _gate.
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
    /// Receives the number of bytes that are about to arrive, and returns how many of them may; null for no limit.
    /// Called under _gate.
    /// </summary>
    public Func<int, int>? Admit { get; set; }

    /// <summary>Called after each arrival.</summary>
    public Action? Arrived { get; set; }

    /// <summary>Whether bytes were sent that the other end has not received.</summary>
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

    /// <returns>False when the pipe is closed.</returns>
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

    /// <summary>
    /// Starts to call a function when bytes have arrived, for as long as it returns true. Called once.
    /// </summary>
    public void StartReading(Func<bool> read)
    {
        lock (_gate)
        {
            _read = read;
            Schedule();
        }
    }

    /// <summary>Closes the sending end. Bytes that were sent still arrive, then the end of the stream.</summary>
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

    /// <summary>Closes the reading end. Bytes that are held back or delayed never arrive.</summary>
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

    /// <summary>Drops everything, because the reading process is gone.</summary>
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

    /// <summary>Holds back all arrivals until <see cref="Release"/>.</summary>
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

    /// <summary>Makes bytes that are sent from now on arrive no earlier than after this time.</summary>
    public void Delay(TimeSpan by)
    {
        lock (_gate)
        {
            _notBefore = Math.Max(_notBefore, time.GetTimestamp() + by.Ticks);
        }
    }

    /// <summary>Queues the next arrival, or sets the timer for it. Under _gate.</summary>
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

    /// <summary>Moves the next bytes to those that have arrived. Under _gate.</summary>
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
