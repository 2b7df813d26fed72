using System.Buffers;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class EventPayloadTests
{
    private readonly EventPayloadCodec _codec = new(Wires.Codec(typeof(Line), typeof(Colour)));

    [Theory]
    [InlineData("placed")]
    [InlineData(7)]
    [InlineData('x')]
    [InlineData(Colour.Blue)]
    [InlineData(2.5)]
    public void Event_RoundTrips(object key)
    {
        EventPayload sent = new EventPayload(
            key,
            new Line("a", 1, 2),
            [1, null, "x"],
            [new("user", "ada"), new("line", new Line("b", 1, 1))]
        );
        EventPayload back = _codec.Read(Encode(sent));
        Assert.Equal(sent.Key, back.Key);
        Assert.Equal(sent.Value, back.Value);
        Assert.Equal(sent.Args, back.Args);
        Assert.Equal(sent.Context, back.Context);
    }

    [Fact]
    public void SubmittedFunction_HasNoKey()
    {
        EventPayload back = _codec.Read(Encode(new(null, null, [1, 2], [])));
        Assert.Null(back.Key);
        Assert.Equal([1, 2], back.Args);
    }

    [Fact]
    public void Event_WithAPartThatCannotCross_NamesThePart()
    {
        Assert.StartsWith("The event's value cannot be sent: value is", Refused(new("k", new Gadget(), [], [])));
        Assert.StartsWith(
            "The event's argument '1' cannot be sent: value[0]",
            Refused(new("k", null, [1, new List<object> { new Gadget() }], []))
        );
        Assert.StartsWith(
            "The event's context entry 'db' cannot be sent",
            Refused(new("k", null, [], [new("db", new Gadget())]))
        );
        Assert.Contains("The event key", Refused(new(new Line("a", 1, 1), null, [], [])));
    }

    [Fact]
    public void Event_Damaged_DecodesOrThrowsPayloadException()
    {
        Random random = new Random(3);
        byte[] bytes = Encode(
            new("placed", new List<Line> { new("a", 1, 2) }, [1, "x", new object?[] { 2 }], [new("user", "ada")])
        );
        for (int i = 0; i < 3000; i++)
        {
            try
            {
                _codec.Read(Mutations.Of(bytes, random));
            }
            catch (PayloadException)
            {
                // The one answer that damaged bytes may get besides an event.
            }
        }
    }

    private string Refused(EventPayload payload) => Assert.Throws<PayloadException>(() => Encode(payload)).Message;

    private byte[] Encode(EventPayload payload)
    {
        ArrayBufferWriter<byte> writer = new ArrayBufferWriter<byte>();
        _codec.Write(writer, payload);
        return writer.WrittenSpan.ToArray();
    }
}
