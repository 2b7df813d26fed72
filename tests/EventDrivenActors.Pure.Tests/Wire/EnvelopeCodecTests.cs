using CsCheck;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Pure.Tests.Wire;

public class EnvelopeCodecTests
{
    [Fact]
    public void Envelope_OfAnyMessages_RoundTrips() =>
        Gen.Select(Gen.Long, Wires.Message.Array[0, 8]).Sample((number, messages) =>
        {
            var back = EnvelopeCodec.Decode(Wires.Encode(number, messages));
            return back.Number == number && messages.Select(Wires.Describe).SequenceEqual(back.Messages.Select(Wires.Describe));
        });

    [Fact]
    public void Envelope_Damaged_DecodesOrThrowsWireFormatException() =>
        Gen.Select(Wires.Message.Array[0, 8], Gen.Int).Sample((messages, seed) =>
        {
            var random = new Random(seed);
            var bytes = Wires.Encode(7, messages);
            for (var i = 0; i < 50; i++)
            {
                Survives(Mutations.Of(bytes, random));
            }
        });

    [Fact]
    public void Envelope_OfNoise_DecodesOrThrowsWireFormatException() =>
        Gen.Byte.Array[0, 200].Sample(bytes =>
        {
            Survives(bytes);
            Survives([WireProtocol.Version, .. bytes]);
        });

    [Fact]
    public void Envelope_ThatClaimsTwoGigabytes_AllocatesNothingOfIt()
    {
        byte[] lie = [WireProtocol.Version, 2, 1, (byte)MessageKind.Raise, 0xff, 0xff, 0xff, 0xff, 0x07, 1, 2, 3, 4, 5, 6];
        Assert.Throws<WireFormatException>(() => EnvelopeCodec.Decode(lie));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<WireFormatException>(() => EnvelopeCodec.Decode(lie));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 100_000);
    }

    [Fact]
    public void Envelope_OfAnotherVersion_IsRefusedNamingBoth()
    {
        var error = Assert.Throws<WireFormatException>(() => EnvelopeCodec.Decode(new byte[] { 9, 0, 0 }));
        Assert.Contains("'9'", error.Message);
        Assert.Contains("'1'", error.Message);
    }

    [Fact]
    public void Envelope_WithTrailingBytesOrUnknownKind_IsRefused()
    {
        byte[] valid = Wires.Encode(1, new WireMessage.Suspend());
        Assert.Throws<WireFormatException>(() => EnvelopeCodec.Decode((byte[])[.. valid, 0]));
        Assert.Throws<WireFormatException>(() => EnvelopeCodec.Decode(new byte[] { WireProtocol.Version, 2, 1, 99 }));
    }

    [Fact]
    public void Decode_ReturnsPayloadsAsSlicesOfTheInput()
    {
        var bytes = Wires.Encode(1, new WireMessage.Raise(new byte[] { 1, 2, 3 }));
        var raise = Assert.IsType<WireMessage.Raise>(Assert.Single(EnvelopeCodec.Decode(bytes).Messages));
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.TryGetArray(raise.Payload, out var segment));
        Assert.Same(bytes, segment.Array);
    }

    private static void Survives(byte[] bytes)
    {
        try
        {
            EnvelopeCodec.Decode(bytes);
        }
        catch (WireFormatException)
        {
            // The one answer that damaged bytes may get besides a message.
        }
    }
}
