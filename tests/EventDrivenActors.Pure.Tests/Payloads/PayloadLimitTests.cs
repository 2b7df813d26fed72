using System.Collections.Immutable;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class PayloadLimitTests
{
    private static readonly PayloadCodec Codec = Wires.Codec(
        typeof(Order),
        typeof(Link),
        typeof(RecordLink),
        typeof(Point),
        typeof(Circle)
    );

    public static TheoryData<byte[]> Lies =>
        new()
        {
            new byte[] { 0x7f },
            new byte[] { (byte)GraphTag.Reference, 0 },
            new byte[] { (byte)GraphTag.Reference, 0xff, 0xff, 0xff, 0xff, 0x0f },
            new byte[] { (byte)GraphTag.NumberedType, 0xff, 0x7f },
            new byte[] { (byte)GraphTag.NamedType, 0xff, 0xff, 0xff, 0xff, 0x0f },
            Lie(typeof(string)),
            Lie(typeof(byte[])),
            Lie(typeof(int[])),
            Lie(typeof(decimal[])),
            Lie(typeof(Point[])),
            Lie(typeof(object[])),
            Lie(typeof(List<string>)),
            Lie(typeof(List<int>)),
            Lie(typeof(Dictionary<string, int>), 0),
            Lie(typeof(HashSet<int>), 0),
            Lie(typeof(ImmutableArray<int>)),
            Lie(typeof(Queue<int>)),
            Lie(typeof(int[,]), 0xfe, 0xff, 0x03, 0, 0xfe, 0xff, 0x03, 0),
            Lie(typeof(int[,]), 0xfe, 0xff, 0xff, 0xff, 0x0f, 0, 0xfe, 0xff, 0xff, 0xff, 0x0f, 0),
            Lie(typeof(Memory<long>)),
        };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Graph_ThatClaimsMoreThanItHas_IsRefusedWithoutAllocating(byte[] graph)
    {
        byte[] bytes = Payload(graph);
        Assert.Throws<PayloadException>(() => Codec.Read(bytes));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PayloadException>(() => Codec.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Values_Damaged_DecodeOrThrowPayloadException()
    {
        Random random = new Random(20240501);
        long most = 0L;
        int decoded = 0;
        foreach (
            object? value in ((IEnumerable<object?[]>)PayloadCodecTests.Values).Select(row => row[0]).Append(Filled())
        )
        {
            byte[] bytes = Wires.Encode(Full, value);
            for (int i = 0; i < 300; i++)
            {
                byte[] damaged = Mutations.Of(bytes, random);
                long before = GC.GetAllocatedBytesForCurrentThread();
                decoded += Survives(damaged) ? 1 : 0;
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        Assert.InRange(most, 0, 8_000_000);
        Assert.True(
            decoded > 1000,
            "Too little of the damage got past the first bytes for this test to mean anything."
        );
    }

    [Fact]
    public void DeepList_IsRefusedBeforeTheStackOverflows()
    {
        PayloadException error = Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, Chain(20_000)));
        Assert.Contains("nested more than 500 objects deep", error.Message);
        Assert.StartsWith("value.Next.Next", error.Message);
    }

    [Fact]
    public void DeepList_HiddenInAFlatOne_IsRefusedToo()
    {
        List<Link> flat = new List<Link>();
        for (Link? link = Chain(20_000); link is not null; link = link.Next)
        {
            flat.Add(link);
        }

        Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, flat));
        flat.Reverse();
        Assert.Equal(20_000, Assert.IsType<List<Link>>(Wires.RoundTrip(Codec, flat)).Count);
    }

    [Fact]
    public void List_AtTheDepthLimit_RoundTrips() =>
        Assert.Equal(1, Assert.IsType<Link>(Wires.RoundTrip(Codec, Chain(GraphWriter.MaxDepth))).Number);

    [Fact]
    public void DeepBytes_AreRefusedBeforeTheStackOverflows()
    {
        byte[] one = [(byte)GraphTag.NumberedType, (byte)FrameworkTypes.NumberOf(typeof(object[]))!, 1];
        byte[] graph = [.. Enumerable.Repeat(one, 100_000).SelectMany(bytes => bytes), 0];
        Assert.Contains("deep", Assert.Throws<PayloadException>(() => Codec.Read(Payload(graph))).Message);
    }

    [Fact]
    public void ObjectArray_ThatContainsItself_Arrives()
    {
        object?[] array = new object?[1];
        array[0] = array;
        object?[] back = (object?[])Wires.RoundTrip(Codec, array)!;
        Assert.Same(back, back[0]);
    }

    [Fact]
    public void Value_AboveTheLimit_IsRefusedAndNothingIsWritten()
    {
        PayloadCodec small = new PayloadCodec(new TypeFilter(), maxBytes: 100);
        foreach (
            object value in new object[]
            {
                new byte[101],
                new string('x', 101),
                new List<string> { new('x', 101) },
                new List<int>(Enumerable.Range(0, 101)),
                new object?[101],
            }
        )
        {
            System.Buffers.ArrayBufferWriter<byte> writer = new System.Buffers.ArrayBufferWriter<byte>();
            Assert.Contains("100 bytes", Assert.Throws<PayloadException>(() => small.Write(writer, value)).Message);
            Assert.Equal(0, writer.WrittenCount);
        }

        Assert.Equal(new byte[97], Wires.RoundTrip(small, new byte[97]));
        Assert.Throws<PayloadException>(() => small.Read(new byte[101]));
    }

    private static readonly PayloadCodec Full = Wires.Codec(
        typeof(Order),
        typeof(Point),
        typeof(Pair),
        typeof(Circle),
        typeof(Colour)
    );

    private static Order Filled() =>
        new()
        {
            Customer = "Ada",
            Lines = [new("bolt", 2, 1.25m), new("nut", 1, 1)],
            Index = { ["bolt"] = new("bolt", 1, 1) },
            Where = new Point(1, 2),
            Numbers = [1, 2],
            Extra = new List<object> { 4, "x", new Queue<Point>([new(1, 1)]), new Uri("http://a/") },
            Shape = new Circle(3),
        };

    private static bool Survives(byte[] bytes)
    {
        try
        {
            Full.Read(bytes);
            return true;
        }
        catch (PayloadException)
        {
            // The one answer that damaged bytes may get besides a value.
            return false;
        }
    }

    private static Link Chain(int length)
    {
        Link? head = null;
        for (int number = length; number > 0; number--)
        {
            head = new Link { Number = number, Next = head };
        }

        return head!;
    }

    private static byte[] Lie(Type type, params byte[] before)
    {
        System.Buffers.ArrayBufferWriter<byte> writer = new();
        writer.WriteByte((byte)GraphTag.NamedType);
        writer.WriteText(WireTypeName.Of(type));
        System.Buffers.BuffersExtensions.Write(writer, before);
        writer.WriteVarUInt(int.MaxValue);
        return writer.WrittenSpan.ToArray();
    }

    private static byte[] Payload(byte[] graph) => [(byte)PayloadTag.Graph, .. graph];
}
