using CsCheck;
using EventDrivenActors.Pure.Tests.Payloads;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.Protocol;

public class MessageCodecTests
{
    [Fact]
    public void Message_OfAnyKind_RoundTrips() =>
        Wires.Message.Sample(message =>
            Wires.Describe(MessageCodec.Decode(Wires.Encode(message))) == Wires.Describe(message)
        );

    [Fact]
    public void Message_Damaged_DecodesOrThrowsWireFormatException() =>
        Gen.Select(Wires.Message, Gen.Int)
            .Sample(
                (message, seed) =>
                {
                    Random random = new Random(seed);
                    byte[] bytes = Wires.Encode(message);
                    for (int i = 0; i < 50; i++)
                    {
                        Survives(Mutations.Of(bytes, random));
                    }
                }
            );

    [Fact]
    public void Message_OfNoise_DecodesOrThrowsWireFormatException() => Gen.Byte.Array[0, 200].Sample(Survives);

    [Fact]
    public void Message_ThatClaimsTwoGigabytes_AllocatesNothingOfIt()
    {
        byte[] lie = [(byte)MessageKind.Raise, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3, 4, 5, 6];
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode(lie));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode(lie));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Message_WithTrailingBytesOrUnknownKind_IsRefused()
    {
        byte[] valid = Wires.Encode(new WireMessage.Suspend());
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode((byte[])[.. valid, 0]));
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode(new byte[] { 99 }));
    }

    [Fact]
    public void Decode_ReturnsPayloadsAsSlicesOfTheInput()
    {
        byte[] bytes = Wires.Encode(new WireMessage.Raise(new byte[] { 1, 2, 3 }));
        WireMessage.Raise raise = Assert.IsType<WireMessage.Raise>(MessageCodec.Decode(bytes));
        Assert.True(
            System.Runtime.InteropServices.MemoryMarshal.TryGetArray(raise.Payload, out ArraySegment<byte> segment)
        );
        Assert.Same(bytes, segment.Array);
    }

    private static void Survives(byte[] bytes)
    {
        try
        {
            MessageCodec.Decode(bytes);
        }
        catch (WireFormatException)
        {
            // The one answer that damaged bytes may get besides a message.
        }
    }
}
