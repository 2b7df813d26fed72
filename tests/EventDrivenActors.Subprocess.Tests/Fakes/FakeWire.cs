using System.Buffers.Binary;
using System.Net.Sockets;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>A fake child's end of the socket: frames in and out, and writes that stop half-way or trickle.</summary>
internal sealed class FakeWire : IDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    public Socket Socket { get; } = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public bool Half { get; set; }

    public bool Trickle { get; set; }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        if (Half)
        {
            bytes = bytes[..(bytes.Length / 2)];
        }

        int step = Trickle ? 1 : bytes.Length;
        for (; !bytes.IsEmpty; bytes = bytes[step..])
        {
            Socket.Send(bytes[..step]);
        }
    }

    public void WriteFrame(FrameKind kind, ReadOnlySpan<byte> payload)
    {
        byte[] frame = new byte[FrameConnection.HeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[sizeof(int)] = (byte)kind;
        payload.CopyTo(frame.AsSpan(FrameConnection.HeaderSize));
        Write(frame);
    }

    /// <summary>Whether there is something to read within a moment.</summary>
    public bool HasInput() => Socket.Poll(Pause, SelectMode.SelectRead);

    public (FrameKind Kind, byte[] Payload) ReadFrame()
    {
        byte[] header = Read(FrameConnection.HeaderSize);
        return ((FrameKind)header[sizeof(int)], Read(BinaryPrimitives.ReadInt32LittleEndian(header) - 1));
    }

    public void Dispose() => Socket.Dispose();

    private byte[] Read(int count)
    {
        byte[] bytes = new byte[count];
        for (int read = 0; read < count;)
        {
            int more = Socket.Receive(bytes.AsSpan(read));
            if (more == 0)
            {
                throw new EndOfStreamException();
            }

            read += more;
        }

        return bytes;
    }
}
