using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>What a socket would not take at once. Everything but the constructor is called under the lock that is given.</summary>
/// <remarks>The thread that empties it is started by the first frame that has to wait, which most connections never see.</remarks>
internal sealed class FrameBacklog(Socket socket, Lock gate, int highWaterMark)
{
    private readonly Queue<ArraySegment<byte>> _waiting = new();
    private readonly AutoResetEvent _wake = new(false);
    private Thread? _writer;
    private Action? _onEmpty;
    private long _bytes;
    private bool _stopped;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds a whole frame, unless too much waits already.</summary>
    public bool TryAdd(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        if (_bytes + payload.Length > highWaterMark)
            return false;
        var frame = new byte[FrameConnection.HeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[sizeof(int)] = (byte)kind;
        payload.CopyTo(frame.AsSpan(FrameConnection.HeaderSize));
        Enqueue(frame);
        return true;
    }

    /// <summary>Adds the rest of a frame that has begun to leave.</summary>
    public void Add(ReadOnlySpan<byte> rest) => Enqueue(rest.ToArray());

    /// <summary>Calls back when the last byte has left.</summary>
    public void OnEmpty(Action action) => _onEmpty = action;

    /// <summary>Drops what waits; the socket is gone.</summary>
    public void Stop()
    {
        _stopped = true;
        _waiting.Clear();
        _wake.Set();
    }

    private void Enqueue(byte[] bytes)
    {
        _waiting.Enqueue(bytes);
        _bytes += bytes.Length;
        if (_writer is null)
        {
            _writer = new Thread(Empty, 128 * 1024) { IsBackground = true, Name = "link-writer" };
            _writer.Start();
        }
        _wake.Set();
    }

    private void Empty()
    {
        while (true)
        {
            bool waiting;
            lock (gate)
            {
                if (_stopped)
                    return;
                waiting = SendWhatFits();
            }
            if (!waiting)
                _wake.WaitOne();
            else if (!WaitForRoom())
                return;
        }
    }

    private bool SendWhatFits()
    {
        while (_waiting.TryPeek(out var segment))
        {
            var sent = socket.Send(segment, SocketFlags.None, out var error);
            if (error == SocketError.WouldBlock)
                return true;
            if (error != SocketError.Success)
                sent = segment.Count;
            _bytes -= sent;
            _waiting.Dequeue();
            if (sent < segment.Count)
                return PutBack(segment[sent..]);
        }
        _onEmpty?.Invoke();
        _onEmpty = null;
        return false;
    }

    private bool PutBack(ArraySegment<byte> rest)
    {
        var others = _waiting.ToArray();
        _waiting.Clear();
        _waiting.Enqueue(rest);
        foreach (var other in others)
            _waiting.Enqueue(other);
        return true;
    }

    private bool WaitForRoom()
    {
        try
        {
            socket.Poll(-1, SelectMode.SelectWrite);
            return true;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            return false;
        }
    }
}
