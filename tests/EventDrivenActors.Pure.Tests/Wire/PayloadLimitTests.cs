using System.Buffers.Binary;
using System.Collections.Immutable;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Pure.Tests.Wire;

public class PayloadLimitTests
{
    private static readonly PayloadCodec Codec = Wires.Codec(typeof(Order), typeof(Link), typeof(RecordLink), typeof(Point), typeof(OwnCollection), typeof(Native), typeof(Circle));

    public static TheoryData<byte[]> Lies => new()
    {
        new byte[] { 9, 0xff, 0xff, 0xff, 0x7f },
        new byte[] { 9, 0xff, 0xff, 0xff, 0xff },
        new byte[] { 7, 255, 0xff, 0xff, 0xff, 0x7f },
        new byte[] { 252, 8, 0xff, 0xff, 0xff, 0x7f },
        new byte[] { 252, 8, 8, 0, 0, 0, 1, 2, 3, 4 },
        new byte[] { 252, 255, 1, 0, 0, 0, 1 },
        new byte[] { 255, 0xff, 0xff, 0xff, 0x7f },
        new byte[] { 254, 0, 0 },
        new byte[] { 253, 0, 0, 0, 0 },
        new byte[] { 251, 0, 0, 0, 0 },
        new byte[] { 16, 1 },
        Lie(typeof(Point[])),
        Lie(typeof(object[])),
        Lie(typeof(List<string>)),
        Lie(typeof(Dictionary<string, int>)),
        Lie(typeof(HashSet<int>)),
        Lie(typeof(ImmutableArray<int>)),
        Lie(typeof(Queue<int>)),
    };

    [Theory]
    [MemberData(nameof(Lies))]
    public void Graph_ThatClaimsMoreThanItHas_IsRefusedWithoutAllocating(byte[] graph)
    {
        var bytes = Payload(graph);
        Assert.Throws<PayloadException>(() => Codec.Read(bytes));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<PayloadException>(() => Codec.Read(bytes));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 200_000);
    }

    [Fact]
    public void Values_Damaged_DecodeOrThrowPayloadException()
    {
        var random = new Random(20240501);
        var most = 0L;
        var decoded = 0;
        foreach (var value in ((IEnumerable<object?[]>)PayloadCodecTests.Values).Select(row => row[0]).Append(Filled()))
        {
            var bytes = Wires.Encode(Full, value);
            for (var i = 0; i < 300; i++)
            {
                var damaged = Mutations.Of(bytes, random);
                var before = GC.GetAllocatedBytesForCurrentThread();
                decoded += Survives(damaged) ? 1 : 0;
                most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            }
        }

        Assert.InRange(most, 0, 8_000_000);
        Assert.True(decoded > 1000, "Too little of the damage got past the first bytes for this test to mean anything.");
    }

    [Fact]
    public void DeepList_IsRefusedBeforeTheStackOverflows()
    {
        var error = Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, Chain(20_000)));
        Assert.Contains("nested more than 500 objects deep", error.Message);
        Assert.StartsWith("value.Next.Next", error.Message);
    }

    [Fact]
    public void DeepList_HiddenInAFlatOne_IsRefusedToo()
    {
        var flat = new List<Link>();
        for (var link = Chain(20_000); link is not null; link = link.Next)
        {
            flat.Add(link);
        }

        Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, flat));
        flat.Reverse();
        Assert.Equal(20_000, Assert.IsType<List<Link>>(Wires.RoundTrip(Codec, flat)).Count);
    }

    [Fact]
    public void List_AtTheDepthLimit_RoundTrips() => Assert.Equal(1, Assert.IsType<Link>(Wires.RoundTrip(Codec, Chain(GraphChecker.MaxDepth))).Number);

    [Fact]
    public void DeepBytes_AreRefusedBeforeTheStackOverflows()
    {
        byte[] name = System.Text.Encoding.UTF8.GetBytes(WireTypeName.Of(typeof(object[])));
        var one = (byte[])[254, 0, 0, 1, 0, 0, 0];
        byte[] graph = [255, .. Int(name.Length), .. name, 1, 0, 0, 0, .. Enumerable.Repeat(one, 100_000).SelectMany(bytes => bytes), 0];
        Assert.Contains("deep", Assert.Throws<PayloadException>(() => Codec.Read(Payload(graph))).Message);
    }

    [Fact]
    public void ObjectArray_ThatContainsItself_IsRefused()
    {
        var array = new object?[1];
        array[0] = array;
        Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, array));
    }

    [Fact]
    public void Value_AboveTheLimit_IsRefusedAndNothingIsWritten()
    {
        var small = new PayloadCodec(new TypeFilter(), maxBytes: 100);
        foreach (var value in new object[] { new byte[101], new string('x', 101), new List<string> { new('x', 101) }, new List<int>(Enumerable.Range(0, 101)), new object?[101] })
        {
            var writer = new System.Buffers.ArrayBufferWriter<byte>();
            Assert.Contains("100 bytes", Assert.Throws<PayloadException>(() => small.Write(writer, value)).Message);
            Assert.Equal(0, writer.WrittenCount);
        }

        Assert.Equal(new byte[97], Wires.RoundTrip(small, new byte[97]));
        Assert.Throws<PayloadException>(() => small.Read(new byte[101]));
    }

    [Fact]
    public void Collection_WithAnotherComparer_IsRefusedNamingIt()
    {
        foreach (var value in new object[]
        {
            new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase), new HashSet<string>(StringComparer.OrdinalIgnoreCase),
            new SortedSet<string>(StringComparer.Ordinal), new SortedDictionary<string, int>(StringComparer.Ordinal), new SortedList<string, int>(StringComparer.Ordinal),
            ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "a"), ImmutableDictionary.Create<string, int>(StringComparer.OrdinalIgnoreCase),
            ImmutableSortedSet.Create(StringComparer.Ordinal, "a"), ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal),
        })
        {
            Assert.Contains("has the comparer", Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, value)).Message);
        }
    }

    [Fact]
    public void Value_OfWhichSomethingWouldBeLost_IsRefusedWithASentence()
    {
        Assert.Contains("only the elements would cross", Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, new OwnCollection { 1 })).Message);
        Assert.Contains("native pointer", Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, new Native())).Message);
        Assert.Contains("default ImmutableArray", Assert.Throws<PayloadException>(() => Wires.RoundTrip(Codec, default(ImmutableArray<int>))).Message);
    }

    private static readonly PayloadCodec Full = Wires.Codec(typeof(Order), typeof(Point), typeof(Pair), typeof(Circle), typeof(Colour));

    private static Order Filled() => new()
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
        for (var number = length; number > 0; number--)
        {
            head = new Link { Number = number, Next = head };
        }

        return head!;
    }

    private static byte[] Lie(Type type)
    {
        var name = System.Text.Encoding.UTF8.GetBytes(WireTypeName.Of(type));
        return [255, .. Int(name.Length), .. name, .. Int(int.MaxValue)];
    }

    private static byte[] Payload(byte[] graph) => [(byte)PayloadTag.Graph, .. Int(graph.Length), .. graph];

    private static byte[] Int(int value)
    {
        var bytes = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(bytes, value);
        return bytes;
    }
}
