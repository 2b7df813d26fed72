using System.Buffers.Binary;
using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>Length-prefixed frames on a blocking socket, before Akka's first.</summary>
/// <remarks>
/// Blocking on purpose: a socket that was once used asynchronously is polled by the runtime for the rest of its life.
/// </remarks>
internal static class HandshakeFrames
{
    public const int MaximumLength = 1024 * 1024;

    public static void Write(Socket socket, ReadOnlySpan<byte> frame)
    {
        byte[] bytes = new byte[sizeof(int) + frame.Length];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, frame.Length);
        frame.CopyTo(bytes.AsSpan(sizeof(int)));
        for (int sent = 0; sent < bytes.Length;)
        {
            sent += socket.Send(bytes.AsSpan(sent));
        }
    }

    /// <exception cref="EndOfStreamException">The other end closed.</exception>
    /// <exception cref="LinkProtocolException">The frame is too long.</exception>
    public static byte[] Read(Socket socket)
    {
        Span<byte> header = stackalloc byte[sizeof(int)];
        Fill(socket, header);
        int length = BinaryPrimitives.ReadInt32LittleEndian(header);
        if (length is < 0 or > MaximumLength)
        {
            throw new LinkProtocolException(
                $"A frame of the handshake claims '{length}' bytes, and at most '{MaximumLength}' are believed."
            );
        }

        byte[] frame = new byte[length];
        Fill(socket, frame);
        return frame;
    }

    private static void Fill(Socket socket, Span<byte> target)
    {
        while (!target.IsEmpty)
        {
            int read = socket.Receive(target);
            if (read == 0)
            {
                throw new EndOfStreamException("The other end closed the connection during the handshake.");
            }

            target = target[read..];
        }
    }
}
