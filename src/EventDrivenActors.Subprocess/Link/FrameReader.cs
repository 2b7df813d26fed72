using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Cuts the bytes of a non-blocking socket into frames, on the thread that calls it.</summary>
internal sealed class FrameReader(Socket socket, int maximumFrame)
{
    private readonly byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>Reads until the peer ends, and says how it ended.</summary>
    /// <exception cref="LinkProtocolException">A frame is longer than agreed; nothing was allocated for it.</exception>
    public string ReadUntilEnd(IFrameSink sink)
    {
        while (true)
        {
            if (!Buffer(FrameConnection.HeaderSize, out var reason))
                return reason;
            var length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start)) - 1;
            var kind = (FrameKind)_buffer[_start + sizeof(int)];
            if (length < 0 || length > maximumFrame)
                throw new LinkProtocolException($"A frame claims '{length}' bytes, and at most '{maximumFrame}' are believed.");
            _start += FrameConnection.HeaderSize;
            var payload = GC.AllocateUninitializedArray<byte>(length);
            if (!Fill(payload, out reason))
                return reason;
            sink.OnFrame(kind, payload);
        }
    }

    private bool Buffer(int count, out string reason)
    {
        reason = "";
        if (_end - _start >= count)
            return true;
        _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
        _end -= _start;
        _start = 0;
        while (_end < count)
        {
            var read = Receive(_buffer.AsSpan(_end), out reason);
            if (read == 0)
                return false;
            _end += read;
        }
        return true;
    }

    private bool Fill(Span<byte> target, out string reason)
    {
        reason = "";
        var buffered = Math.Min(target.Length, _end - _start);
        _buffer.AsSpan(_start, buffered).CopyTo(target);
        _start += buffered;
        target = target[buffered..];
        while (!target.IsEmpty)
        {
            var read = Receive(target, out reason);
            if (read == 0)
                return false;
            target = target[read..];
        }
        return true;
    }

    private int Receive(Span<byte> target, out string reason)
    {
        try
        {
            while (true)
            {
                var read = socket.Receive(target, SocketFlags.None, out var error);
                if (error == SocketError.WouldBlock)
                {
                    socket.Poll(-1, SelectMode.SelectRead);
                    continue;
                }
                reason = error == SocketError.Success ? "the other end closed the connection" : $"the connection failed ({error})";
                return error == SocketError.Success ? read : 0;
            }
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            reason = "the connection was closed";
            return 0;
        }
    }
}
