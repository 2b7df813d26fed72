using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>Cuts the bytes of a non-blocking socket into frames, on the thread that calls it.</summary>
internal sealed class FrameReader(Socket socket, int maximumFrame)
{
    private byte[] _buffer = new byte[64 * 1024];
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
            if (!Buffer(FrameConnection.HeaderSize + length, out reason))
                return reason;
            var payload = _buffer.AsMemory(_start + FrameConnection.HeaderSize, length);
            _start += FrameConnection.HeaderSize + length;
            sink.OnFrame(kind, payload);
        }
    }

    private bool Buffer(int count, out string reason)
    {
        reason = "";
        if (_end - _start >= count)
            return true;
        var buffered = _buffer.AsSpan(_start, _end - _start);
        if (count > _buffer.Length)
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(count, Math.Min(_buffer.Length * 2, maximumFrame)));
        buffered.CopyTo(_buffer);
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
