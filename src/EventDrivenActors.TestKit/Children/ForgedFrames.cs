using System.Buffers.Binary;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.TestKit.Children;

/// <summary>Frames that no honest child sends.</summary>
internal static class ForgedFrames
{
    /// <summary>The beginning of a frame of nearly 2 GiB.</summary>
    public static byte[] Endless { get; } = [0xff, 0xff, 0xff, 0x7f, (byte)FrameKind.Pdu];

    public static byte[] Of(FrameKind kind, byte[] payload)
    {
        byte[] frame = new byte[FrameConnection.HeaderSize + payload.Length];
        BinaryPrimitives.WriteInt32LittleEndian(frame, payload.Length + 1);
        frame[sizeof(int)] = (byte)kind;
        payload.CopyTo(frame, FrameConnection.HeaderSize);
        return frame;
    }

    /// <summary>An envelope that reaches its recipient, of any bytes.</summary>
    public static byte[] Envelope(StartMessage start, byte[] bytes)
    {
        EnvelopePdu pdu = new(LinkAddresses.PathOf(start.ParentSystem, LinkNames.ParentActor(start.Incarnation)));
        byte[] room = new byte[pdu.MaximumHead];
        int length = pdu.WriteHead(room, bytes.Length);
        return Of(FrameKind.Pdu, [.. room[^length..], .. bytes, .. pdu.Tail]);
    }
}
