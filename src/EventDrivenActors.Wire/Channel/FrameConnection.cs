using System.Buffers.Binary;
using System.Net.Sockets;
using EventDrivenActors.Advanced;

namespace EventDrivenActors.Wire.Channel;

/// <summary>Frames over a stream: a length of 4 bytes, a kind of 1, the payload.</summary>
/// <remarks>
/// Writing is done by the caller as far as the stream takes it without blocking; only the rest goes through
/// <see cref="FrameBacklog"/>. Any thread may write and close.
/// </remarks>
internal sealed class FrameConnection
{
    public const int HeaderSize = sizeof(int) + 1;

    private readonly LinkStream _stream;
    private readonly FrameReader _reader;
    private readonly FrameBacklog _backlog;
    private readonly Lock _writing = new();
    private readonly long _mostUnread;

    // Under _writing.
    private readonly byte[] _frame = new byte[16 * 1024];
    private string? _broken;
    private bool _started;
    private bool _closed;

    /// <param name="stream">Connected.</param>
    /// <param name="maximumFrame">The longest frame that is accepted.</param>
    /// <param name="highWaterMark">How many bytes may wait for the peer before frames are refused.</param>
    /// <param name="mostUnread">How many bytes may wait for the peer before it counts as breaking the rules.</param>
    public FrameConnection(LinkStream stream, int maximumFrame, int highWaterMark, long mostUnread = long.MaxValue)
    {
        _mostUnread = mostUnread;
        _stream = stream;
        _reader = new FrameReader(stream, maximumFrame);
        _backlog = new FrameBacklog(stream, _writing, highWaterMark);
    }

    /// <summary>Starts reading. Called once.</summary>
    public void Start(IFrameSink sink, string name)
    {
        lock (_writing)
        {
            _stream.StartReading(() => Read(sink), name);
            _started = true;
        }
    }

    /// <summary>Writes a frame, whole or not at all.</summary>
    /// <returns>False when the peer has left too much unread, or the connection is closed.</returns>
    public bool Write(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        lock (_writing)
        {
            if (_closed)
            {
                return false;
            }

            if (!_backlog.IsEmpty)
            {
                return kind != FrameKind.Heartbeat && _backlog.TryAdd(kind, payload);
            }

            Send(kind, [], payload, []);
            return true;
        }
    }

    /// <summary>
    /// Writes a frame of three parts. A peer that leaves too much unread ends the connection; a closed one swallows
    /// all.
    /// </summary>
    public void Write(FrameKind kind, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail)
    {
        lock (_writing)
        {
            if (_closed)
            {
                return;
            }

            Send(kind, head, body, tail);
            if (_backlog.Bytes > _mostUnread)
            {
                _broken = $"More than '{_mostUnread}' bytes wait for the other end, which does not read them.";
                _closed = true;
                _backlog.Stop();
                EndBothDirections();
            }
        }
    }

    /// <summary>
    /// Lets what was written leave, then ends both directions; the reader, if there is one, then says
    /// <see cref="IFrameSink.OnEnd"/>.
    /// </summary>
    public void Close()
    {
        lock (_writing)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            if (_backlog.IsEmpty)
            {
                EndBothDirections();
            }
            else
            {
                _backlog.OnEmpty(EndBothDirections);
            }
        }
    }

    /// <summary>Ends both directions at once; bytes that have not left are lost.</summary>
    public void Abort()
    {
        lock (_writing)
        {
            _closed = true;
            EndBothDirections();
        }
    }

    private void Send(FrameKind kind, ReadOnlySpan<byte> head, ReadOnlySpan<byte> body, ReadOnlySpan<byte> tail)
    {
        int length = HeaderSize + head.Length + body.Length + tail.Length;
        BinaryPrimitives.WriteInt32LittleEndian(_frame, length - HeaderSize + 1);
        _frame[sizeof(int)] = (byte)kind;
        head.CopyTo(_frame.AsSpan(HeaderSize));
        if (length <= _frame.Length)
        {
            Span<byte> rest = _frame.AsSpan(HeaderSize + head.Length);
            body.CopyTo(rest);
            tail.CopyTo(rest[body.Length..]);
            SendOrAdd(_frame.AsSpan(0, length));
            return;
        }
        SendOrAdd(_frame.AsSpan(0, HeaderSize + head.Length));
        SendOrAdd(body);
        SendOrAdd(tail);
    }

    private void SendOrAdd(ReadOnlySpan<byte> bytes)
    {
        int sent = _backlog.IsEmpty ? Send(bytes) : 0;
        if (sent < bytes.Length)
        {
            _backlog.Add(bytes[sent..]);
        }
    }

    /// <summary>How many bytes left; a broken stream swallows all, and its reader reports that.</summary>
    private int Send(ReadOnlySpan<byte> bytes)
    {
        int sent = 0;
        while (sent < bytes.Length)
        {
            sent += _stream.Send(bytes[sent..], out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return sent;
            }

            if (error != SocketError.Success)
            {
                return bytes.Length;
            }
        }
        return sent;
    }

    /// <summary>Reads what is there, up to a message that causes work.</summary>
    /// <returns>False when that was the last.</returns>
    private bool Read(IFrameSink sink)
    {
        string? breach = null;
        try
        {
            while (_reader.Read(sink) && !AdapterSeams.HasOfferedWork)
            {
                // There may be more.
            }
            if (_reader.Ending is null)
            {
                return true;
            }
        }
        catch (LinkProtocolException broken)
        {
            breach = broken.Message;
        }
        lock (_writing)
        {
            _closed = true;
            _backlog.Stop();
            breach ??= _broken;
        }
        Abort();
        sink.OnEnd(breach ?? _reader.Ending!, breach is not null);
        return false;
    }

    private void EndBothDirections()
    {
        try
        {
            _stream.ShutDown();
            if (!_started)
            {
                _stream.Dispose();
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            // The peer was first.
        }
    }
}
