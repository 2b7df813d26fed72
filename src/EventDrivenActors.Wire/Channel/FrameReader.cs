using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>Cuts the bytes of a stream into frames, on the thread that calls it. One at a time.</summary>
internal sealed class FrameReader(LinkStream stream, int maximumFrame)
{
    // The reader's thread.
    private byte[] _buffer = new byte[64 * 1024];
    private int _start;
    private int _end;

    /// <summary>How the peer ended; null until it has.</summary>
    public string? Ending { get; private set; }

    /// <summary>Receives once, and passes on the frames that are whole.</summary>
    /// <returns>Whether there may be more to receive now.</returns>
    /// <exception cref="LinkProtocolException">A frame is longer than agreed; nothing was allocated for it.</exception>
    public bool Read(IFrameSink sink)
    {
        MakeRoom();
        int read = Receive(_buffer.AsSpan(_end));
        _end += read;
        while (TryTake(out FrameKind kind, out ReadOnlyMemory<byte> payload))
        {
            sink.OnFrame(kind, payload);
        }

        return _end == _buffer.Length;
    }

    private bool TryTake(out FrameKind kind, out ReadOnlyMemory<byte> payload)
    {
        kind = default;
        payload = default;
        int missing = Missing();
        if (missing > 0)
        {
            return false;
        }

        kind = (FrameKind)_buffer[_start + sizeof(int)];
        payload = _buffer.AsMemory(_start + FrameConnection.HeaderSize, Length());
        _start += FrameConnection.HeaderSize + payload.Length;
        return true;
    }

    /// <summary>How much of the next frame is not there yet, as far as that is known.</summary>
    private int Missing()
    {
        int there = _end - _start;
        return FrameConnection.HeaderSize + (there < FrameConnection.HeaderSize ? 0 : Length()) - there;
    }

    private int Length()
    {
        int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start)) - 1;
        return length >= 0 && length <= maximumFrame
            ? length
            : throw new LinkProtocolException(
                $"A frame claims '{length}' bytes, and at most '{maximumFrame}' are believed."
            );
    }

    /// <summary>Moves what is left of a frame to the front where the rest would not fit after it.</summary>
    private void MakeRoom()
    {
        int there = _end - _start;
        int whole = there + Missing();
        if (there > 0 && _start + whole <= _buffer.Length)
        {
            return;
        }

        Span<byte> left = _buffer.AsSpan(_start, there);
        if (whole > _buffer.Length)
        {
            _buffer = GC.AllocateUninitializedArray<byte>(Math.Max(whole, Math.Min(_buffer.Length * 2, maximumFrame)));
        }

        left.CopyTo(_buffer);
        _start = 0;
        _end = there;
    }

    private int Receive(Span<byte> target)
    {
        try
        {
            int read = stream.Receive(target, out SocketError error);
            if (error == SocketError.WouldBlock)
            {
                return 0;
            }

            if (error != SocketError.Success)
            {
                Ending = $"the connection failed ({error})";
            }
            else if (read == 0)
            {
                Ending = "the other end closed the connection";
            }

            return error == SocketError.Success ? read : 0;
        }
        catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
        {
            Ending = "the connection was closed";
            return 0;
        }
    }
}
