using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;
using CsCheck;
using EventDrivenActors.Pure.Tests.Protocol;
using EventDrivenActors.Wire.Payloads;

namespace EventDrivenActors.Pure.Tests.Payloads;

public class PayloadCodecTests
{
    private static readonly PayloadCodec Codec = Wires.Codec(
        typeof(Order),
        typeof(Point),
        typeof(Pair),
        typeof(Circle),
        typeof(Link),
        typeof(RecordLink),
        typeof(Mutable),
        typeof(Colour)
    );

    public static TheoryData<object?> Values =>
        new()
        {
            null,
            true,
            false,
            (byte)255,
            (sbyte)-128,
            short.MinValue,
            ushort.MaxValue,
            int.MinValue,
            uint.MaxValue,
            long.MinValue,
            ulong.MaxValue,
            float.NaN,
            double.MinValue,
            decimal.MinValue,
            1.50m,
            'x',
            "",
            "text é 🚀",
            DateTime.MaxValue,
            new DateTime(5, DateTimeKind.Utc),
            new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(5.5)),
            TimeSpan.MinValue,
            Guid.NewGuid(),
            Colour.Blue,
            (Colour)77,
            new byte[] { 1, 2 },
            new int[] { 1, -2 },
            Array.Empty<double>(),
            new char[] { 'a' },
            new string?[] { "a", null, "" },
            new bool[] { true, false },
            new object?[] { 1, null, "two", new object?[] { 3.0 }, new Point(1, 2) },
            new decimal[] { 1.5m, -2 },
            new Guid[] { Guid.NewGuid() },
            new DateOnly(2020, 1, 2),
            new TimeOnly(3, 4),
            (Half)1.5,
            Int128.MinValue,
            UInt128.MaxValue,
            BigInteger.Pow(7, 90),
            new Complex(1, 2),
            new Version(1, 2, 3),
            new Uri("https://example.org/a?b=c d"),
            new Uri("relative/x", UriKind.Relative),
            new Index(3, true),
            1..^2,
            new Point(3, 4),
            (1, "two", new Point(3, 3)),
            Tuple.Create(1, "x"),
            new Line("nut", 3, 0.5m),
            new KeyValuePair<string, int>("a", 1),
            new List<int> { 1, 2, 3 },
            new List<object?> { 1, "x", null, new Circle(2) },
            new List<IShape> { new Circle(1) },
            new int?[] { 1, null },
            new Point[] { new(1, 1), new(1, 1) },
            new Colour[] { Colour.Red, Colour.Red },
            new int[][] { [1], [2, 3] },
            new HashSet<string> { "a", "b" },
            new SortedSet<int> { 3, 1, 2 },
            new Queue<Line>([new("a", 1, 1), new("b", 2, 2)]),
            new Stack<int>([1, 2, 3]),
            new Dictionary<string, Line?> { ["x"] = new("x", 1, 1), ["none"] = null },
            new Dictionary<Colour, List<Point>> { [Colour.Green] = [new(1, 2)] },
            new SortedDictionary<string, int> { ["b"] = 2, ["a"] = 1 },
            new SortedList<int, string> { [2] = "b", [1] = "a" },
            new ReadOnlyCollection<int>([1, 2]),
            ImmutableArray.Create(1, 2),
            ImmutableList.Create("a", "b"),
            ImmutableHashSet.Create(1, 2),
            ImmutableSortedSet.Create(2, 1),
            ImmutableDictionary<string, int>.Empty.Add("a", 1),
            ImmutableSortedDictionary<string, int>.Empty.Add("a", 1),
            ImmutableQueue.Create(1, 2),
            ImmutableStack.Create(1, 2),
            new Uri[] { new("http://a/"), new("http://b/") },
            new List<DateTime> { DateTime.MinValue },
            new Dictionary<string, object?>
            {
                ["n"] = 1,
                ["list"] = new List<string> { "a" },
            },
        };

    [Theory]
    [MemberData(nameof(Values))]
    public void Value_OfAnAllowedType_RoundTrips(object? value)
    {
        object? back = Wires.RoundTrip(Codec, value);
        Assert.Equal(value?.GetType(), back?.GetType());
        Assert.Equal(value, back);
    }

    [Fact]
    public void PlainValues_OfAnySize_RoundTrip() =>
        Gen.OneOf(
                Gen.Long.Select(value => (object)value),
                Gen.Double.Select(value => (object)value),
                Gen.Decimal.Select(value => (object)value),
                Gen.Guid.Select(value => (object)value),
                Gen.Int.Array.Select(value => (object)value),
                Gen.DateTime.Select(value => (object)value)
            )
            .Array[0, 10]
            .Sample(values => Assert.Equal(values, (object?[])Wires.RoundTrip(Codec, values)!));

    [Fact]
    public void Graph_WithPrivateBaseInitAndRequiredMembers_RoundTrips()
    {
        Order order = new Order
        {
            Customer = "Ada",
            Lines = [new("bolt", 2, 1.25m)],
            Index = { ["bolt"] = new("bolt", 1, 1) },
            Colour = Colour.Blue,
            Where = new Point(1, 2),
            Numbers = [1, 2],
            Extra = new List<int> { 4 },
            Shape = new Circle(3),
        };
        order.Write("fragile");

        Order back = Assert.IsType<Order>(Wires.RoundTrip(Codec, order));

        Assert.Equal(order.Id, back.Id);
        Assert.Equal("fragile", back.NoteText);
        Assert.Equivalent(order, back);
    }

    [Fact]
    public void Struct_WithReferences_RoundTrips()
    {
        Pair pair = new Pair { Name = "p", Line = new("a", 1, 1) };
        Assert.Equal(pair, Wires.RoundTrip(Codec, pair));
    }

    [Fact]
    public void AnonymousType_ThatIsAllowed_RoundTrips()
    {
        var value = new { Name = "a", Count = 2 };
        Assert.Equal(value, Wires.RoundTrip(Wires.Codec(value.GetType()), value));
    }

    [Fact]
    public void CyclicGraph_OfClasses_KeepsItsShape()
    {
        Link first = new Link { Number = 1 };
        first.Next = new Link { Number = 2, Next = first };
        Link back = Assert.IsType<Link>(Wires.RoundTrip(Codec, first));
        Assert.Same(back, back.Next!.Next);
    }

    [Fact]
    public void CyclicGraph_OfRecords_KeepsItsShape()
    {
        RecordLink first = new RecordLink(1);
        first.Next = new RecordLink(2) { Next = first };
        RecordLink back = Assert.IsType<RecordLink>(Wires.RoundTrip(Codec, first));
        Assert.Same(back, back.Next!.Next);
    }

    [Fact]
    public void EqualObjects_StayTwo_AndOneObjectStaysOne()
    {
        Mutable shared = new Mutable(1);
        List<Mutable> back = Assert.IsType<List<Mutable>>(
            Wires.RoundTrip(Codec, new List<Mutable> { shared, new(1), shared })
        );
        Assert.NotSame(back[0], back[1]);
        Assert.Same(back[0], back[2]);
    }

    [Fact]
    public void SharedObjects_BehindAQueueAndAUri_StayTheSame()
    {
        Link link = new Link { Number = 5 };
        List<object> value = new List<object>
        {
            new Queue<Link>([link, link]),
            new Uri("http://a/"),
            link,
            new Uri("http://b/"),
            link,
        };
        List<object> back = Assert.IsType<List<object>>(Wires.RoundTrip(Codec, value));
        Assert.All(Assert.IsType<Queue<Link>>(back[0]), item => Assert.Same(back[2], item));
        Assert.Same(back[2], back[4]);
        Assert.Equal(new Uri("http://b/"), back[3]);
    }

    [Fact]
    public async Task Codec_UsedByManyThreads_KeepsValuesApart()
    {
        PayloadCodec codec = Wires.Codec(typeof(Order));
        await Parallel.ForAsync(
            0,
            200,
            (i, _) =>
            {
                List<Line> back = (List<Line>)Wires.RoundTrip(codec, new List<Line> { new($"{i}", i, i) })!;
                Assert.Equal(i, back[0].Count);
                return ValueTask.CompletedTask;
            }
        );
    }
}
