using System.Buffers.Binary;
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
}
