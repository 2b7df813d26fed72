using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class PayloadGlanceTests
{
    // 24 is the tag of an object, and 12 as a number is written as 24.
    private static readonly object?[] Plain =
    [
        null,
        true,
        false,
        (byte)24,
        (sbyte)12,
        (short)12,
        (ushort)12,
        12,
        12U,
        12L,
        24UL,
        (char)12,
        1.5f,
        2.5,
        24m,
        "\u0018",
        new DateTime(24),
        new DateTimeOffset(24, TimeSpan.Zero),
        new TimeSpan(24),
        new Guid([.. Enumerable.Repeat((byte)24, 16)]),
        Colour.Blue,
        new byte[] { 24, 24 },
        new[] { 24, 12 },
        new[] { "\u0018", null },
        new object?[] { 12, "\u0018" },
    ];

    private static readonly object?[] Simple = [12, null, "\u0018", 24UL, 24m];

    private readonly PayloadCodec _codec = Wires.Codec(typeof(Line), typeof(Colour));

    [Fact]
    public void Value_WithoutAnObject_RunsNoCode()
    {
        Assert.All(Plain, value => Assert.False(PayloadCodec.MayRunCode(_codec.Encode(value)), $"{value}"));
        Assert.False(PayloadCodec.MayRunCode(_codec.Encode(Simple)));
        Assert.False(EventPayloadCodec.MayRunCode(Event(12, Simple, Plain, [new("\u0018", 12)])));
    }

    [Fact]
    public void Value_WithAnObjectAnywhere_MayRunCode()
    {
        Line line = new("a", 1, 2);
        Assert.True(PayloadCodec.MayRunCode(_codec.Encode(line)));
        Assert.All(
            Plain,
            value =>
                Assert.True(PayloadCodec.MayRunCode(_codec.Encode(new[] { value, new[] { value, line } })), $"{value}")
        );
        Assert.True(EventPayloadCodec.MayRunCode(Event("k", line, [], [])));
        Assert.True(EventPayloadCodec.MayRunCode(Event("k", null, [.. Plain, line], [])));
        Assert.True(EventPayloadCodec.MayRunCode(Event("k", null, Plain, [new("a", 12), new("b", line)])));
    }

    [Fact]
    public void Bytes_ThatAreNoPayload_CountAsAnObject()
    {
        byte[] bytes = _codec.Encode(new[] { 12, 24 });
        Assert.True(PayloadCodec.MayRunCode(bytes.AsMemory(0, bytes.Length - 1)));
        Assert.True(PayloadCodec.MayRunCode(new byte[] { 24 }));
        Assert.True(PayloadCodec.MayRunCode(new byte[] { 99, 24 }));
    }

    private byte[] Event(object key, object? value, object?[] args, KeyValuePair<string, object?>[] context) =>
        new EventPayloadCodec(_codec).Encode(new EventPayload(key, value, args, context));
}
