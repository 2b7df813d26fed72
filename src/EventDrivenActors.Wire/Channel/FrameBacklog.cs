using System.Buffers;
using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>
/// The frames that a stream would not take at once. Everything but the constructor is called under the given lock.
/// </summary>
/// <remarks>
/// The thread that empties it is started by the first frame that has to wait, which most connections never see.
/// </remarks>
internal sealed class FrameBacklog(LinkStream stream, Lock gate, int highWaterMark)
{
    private readonly AutoResetEvent _wake = new(false);

    // Under the given lock.
    private readonly LinkedList<ArraySegment<byte>> _waiting = new();
    private Thread? _writer;
    private Action? _onEmpty;
    private long _bytes;
    private bool _stopped;

    public long Bytes => _bytes;

    public bool IsEmpty => _waiting.Count == 0;

    /// <summary>Adds a whole frame, unless too much waits already.</summary>
    public bool TryAdd(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        if (_bytes + payload.Length > highWaterMark)
        {
            return false;
        }

        int length = FrameConnection.HeaderSize + payload.Length;
        byte[] frame = ArrayPool<byte>.Shared.Rent(length);
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[sizeof(int)] = (byte)kind;
        payload.CopyTo(frame.AsSpan(FrameConnection.HeaderSize));
        Enqueue(new ArraySegment<byte>(frame, 0, length));
        return true;
    }

    /// <summary>Adds a frame that must not be refused, or the rest of one that has begun to leave.</summary>
    public void Add(ReadOnlySpan<byte> rest)
    {
        byte[] bytes = ArrayPool<byte>.Shared.Rent(rest.Length);
        rest.CopyTo(bytes);
        Enqueue(new ArraySegment<byte>(bytes, 0, rest.Length));
    }

    /// <summary>Calls back when the last byte has left.</summary>
    public void OnEmpty(Action action) => _onEmpty = action;

    /// <summary>Drops what waits; the stream is gone.</summary>
    public void Stop()
    {
        _stopped = true;
        _waiting.Clear();
        _wake.Set();
    }

    private void Enqueue(ArraySegment<byte> bytes)
    {
        _waiting.AddLast(bytes);
        _bytes += bytes.Count;
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
            try
            {
                lock (gate)
                {
                    if (_stopped)
                    {
                        return;
                    }

                    waiting = SendWhatFits();
                }
                if (waiting)
                {
                    stream.AwaitRoom();
                }
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // The code that disposed of the stream knows that what waited is lost.
                return;
            }
            if (!waiting)
            {
                _wake.WaitOne();
            }
        }
    }

    private bool SendWhatFits()
    {
        while (_waiting.First is { } first)
        {
            ArraySegment<byte> segment = first.Value;
            int sent = stream.Send(segment, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return true;
            }

            if (error != SocketError.Success)
            {
                sent = segment.Count;
            }

            _bytes -= sent;
            if (sent < segment.Count)
            {
                first.Value = segment[sent..];
                return true;
            }
            _waiting.RemoveFirst();
            ArrayPool<byte>.Shared.Return(segment.Array!);
        }
        _onEmpty?.Invoke();
        _onEmpty = null;
        return false;
    }
}
