using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace EventDrivenActors.Pure.Tests.Wire;

/// <summary>One value or more of every kind that a program may want to send.</summary>
internal static class ValueCatalogue
{
    /// <summary>What a sender and a receiver allow: no framework type is among them.</summary>
    public static readonly Type[] Allowed =
    [
        typeof(SByteEnum),
        typeof(ShortEnum),
        typeof(UShortEnum),
        typeof(UIntEnum),
        typeof(LongEnum),
        typeof(ULongEnum),
        typeof(Colour),
        typeof(DayOfWeek),
        typeof(Tree),
        typeof(Purse),
        typeof(FixedText),
        typeof(FixedHolder),
        typeof(FourInts),
        typeof(ThreeTexts),
        typeof(InlineHolder),
        typeof(Overlap),
        typeof(Padded),
        typeof(Money),
        typeof(Derived),
        typeof(WithEvent),
        typeof(Family),
        typeof(Keyed),
        typeof(ByLength),
        typeof(TitledList),
        typeof(ByName),
        typeof(Basket),
        typeof(Animal),
        typeof(Square),
        typeof(Point),
        typeof(Line),
        typeof(Circle),
        typeof(Link),
        typeof(Mutable),
        typeof(RecordLink),
        Anonymous.GetType(),
        typeof(Holder<int>),
        typeof(IShape),
    ];

    private static object Anonymous =>
        new
        {
            Name = "a",
            Count = 2,
            Inner = new { Deep = 1.5 },
        };

    public static IEnumerable<(string Name, object Value)> All() =>
        Plain().Concat(Structs()).Concat(Collections()).Concat(Objects());

    private static IEnumerable<(string, object)> Plain()
    {
        foreach (
            object value in new object[]
            {
                true,
                byte.MaxValue,
                sbyte.MinValue,
                short.MinValue,
                ushort.MaxValue,
                int.MinValue,
                uint.MaxValue,
                long.MinValue,
                ulong.MaxValue,
                'x',
                '\ud83d',
                1.5f,
                float.NaN,
                -0.0f,
                float.Epsilon,
                double.NaN,
                -0.0,
                double.NegativeInfinity,
                1.50m,
                -0.00m,
                decimal.MaxValue,
                (Half)1.5,
                Half.NaN,
                Int128.MinValue,
                UInt128.MaxValue,
                BigInteger.Pow(7, 90),
                BigInteger.MinusOne,
                BigInteger.Zero,
                new Complex(1, -0.0),
                Guid.NewGuid(),
                new Version(1, 2),
                new Version(1, 2, 3, 4),
                new Index(3, true),
                1..^2,
                new Rune(0x1F600),
                TimeSpan.MinValue,
                new DateOnly(2020, 2, 29),
                new TimeOnly(23, 59, 59, 999),
                // In the hour that comes twice, as daylight saving ends; made of its bits, because the machine's zone
                // may have no such hour.
                System.Runtime.CompilerServices.Unsafe.BitCast<ulong, DateTime>(
                    0xc000_0000_0000_0000UL | (ulong)new DateTime(2026, 10, 25, 2, 30, 0).Ticks
                ),
                DateTime.MaxValue,
                new DateTime(2020, 1, 1, 1, 1, 1, DateTimeKind.Unspecified),
                DateTime.UnixEpoch,
                new DateTime(2020, 7, 1, 0, 0, 0, DateTimeKind.Local),
                new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(-5.5)),
                DateTimeOffset.MaxValue,
                SByteEnum.Least,
                (SByteEnum)3,
                ShortEnum.Least,
                UShortEnum.Most,
                UIntEnum.Most,
                LongEnum.Least,
                ULongEnum.Most,
                Colour.Blue,
                (Colour)77,
                DayOfWeek.Friday,
                new object(),
                DBNull.Value,
                IPAddress.Parse("::1%3"),
                IPAddress.Loopback,
                IPAddress.Any,
                new IPEndPoint(IPAddress.Loopback, 80),
            }
        )
        {
            yield return ($"{value.GetType().Name} {value}", value);
        }

        foreach (
            string text in new[]
            {
                "",
                "plain",
                "é 🚀",
                "\ud83d",
                "\ude00\ud83d",
                "ab\ud83d",
                "\0",
                new string('x', 200) + '\udfff',
                "\ufffd",
                "a\ufffdb",
            }
        )
        {
            yield return (
                $"text {Convert.ToHexString(Encoding.Unicode.GetBytes(text))[..Math.Min(40, text.Length * 4)]}",
                text
            );
        }

        foreach (
            string uri in new[]
            {
                "https://example.org/a?b=c d#é",
                "relative/x",
                "/rooted",
                "file:///tmp/x",
                "urn:a:b",
                "",
                "mailto:a@b.c",
            }
        )
        {
            yield return (
                $"uri {uri}",
                new Uri(
                    uri,
                    Uri.TryCreate(uri, UriKind.Absolute, out _) && uri[0] != '/' ? UriKind.Absolute : UriKind.Relative
                )
            );
        }

        yield return ("builder", new StringBuilder("text", 3000).Append('\ud83d').Append('x', 20_000));
    }

    private static IEnumerable<(string, object)> Structs()
    {
        yield return ("Vector2", new Vector2(1, 2));
        yield return ("Vector3", new Vector3(1, 2, -0f));
        yield return ("Vector4", new Vector4(1, 2, 3, float.NaN));
        yield return ("Matrix3x2", Matrix3x2.CreateRotation(1));
        yield return ("Matrix4x4", Matrix4x4.CreateRotationX(1));
        yield return ("Quaternion", new Quaternion(1, 2, 3, 4));
        yield return ("Plane", new Plane(1, 2, 3, 4));
        yield return ("Vector<T>", new Vector<int>(7));
        yield return ("Vector128", Vector128.Create(1L, 2));
        yield return ("Vector256", Vector256.Create(1.5f));
        yield return ("Vector512", Vector512.Create((byte)3));
        yield return ("fixed buffer", FixedTextOf("fixed"));
        yield return ("fixed buffer in a class", new FixedHolder { Text = FixedTextOf("held"), Name = "n" });
        FourInts numbers = default;
        numbers[0] = 1;
        numbers[3] = 4;
        yield return ("inline array", numbers);
        ThreeTexts texts = default;
        texts[1] = "b";
        texts[2] = "c\ud83d";
        yield return ("inline array of references", texts);
        yield return ("inline arrays in a struct", new InlineHolder { Texts = texts, Numbers = numbers });
        yield return ("explicit layout", new Overlap { Whole = 0x01020304, Number = 5 });
        yield return ("sized layout", PaddedOf(3, 9));
        yield return ("record struct", new Money(1.50m, "EUR"));
        yield return ("ValueTuple", (1, "two", new Money(3, "x")));
        yield return ("ValueTuple of ten", (1, "2", 3.0, 4m, 5L, '6', (byte)7, "8", new Point(9, 9), "10"));
        yield return ("Tuple", Tuple.Create(1, "x", Tuple.Create(2, new Circle(2))));
        yield return ("pair", new KeyValuePair<string, Circle>("a", new(1)));
        yield return ("raw pair", new KeyValuePair<int, long>(1, 2));
        yield return ("entry", new DictionaryEntry("a", 1));
        yield return ("segment", new ArraySegment<int>([1, 2, 3, 4], 1, 2));
        yield return ("memory", new Memory<int>([1, 2, 3, 4], 1, 2));
        yield return ("memory of references", new Memory<string?>(["a", null]));
        yield return ("read-only memory", "some text".AsMemory(2, 4));
        yield return ("immutable array", ImmutableArray.Create("a", "b"));
        yield return ("default immutable array", default(ImmutableArray<string>));
    }

    private static unsafe FixedText FixedTextOf(string text)
    {
        FixedText made = new() { Length = text.Length };
        text.AsSpan().CopyTo(new Span<char>(made.Text, 8));
        return made;
    }

    private static unsafe Padded PaddedOf(byte first, byte last)
    {
        Padded made = new() { First = first };
        ((byte*)&made)[63] = last;
        return made;
    }

    private static IEnumerable<(string, object)> Collections()
    {
        Circle one = new(1),
            two = new(2);
        Dictionary<string, int> map = new() { ["b"] = 1, ["a"] = 2 };
        int[,] grid =
        {
            { 1, 2, 3 },
            { 4, 5, 6 },
        };
        Array shifted = Array.CreateInstance(typeof(string), [2, 2], [5, -1]);
        shifted.SetValue("x", 6, 0);
        foreach (
            object value in new object[]
            {
                new int[] { 1, -2 },
                new bool[] { true, false },
                new decimal[] { 1.50m },
                new DateTime[] { DateTime.UnixEpoch },
                new string?[] { "a", null, "\ud83d" },
                new object?[] { 1, "x", null, one, one },
                new Circle?[] { one, null, one },
                new Animal[] { new Dog("d", 1), new Cat("c", true) },
                new int[][] { [1], [], [2, 3] },
                new Colour[] { Colour.Red },
                new int?[] { 1, null },
                new Money?[] { new(1, "x"), null },
                Array.Empty<string>(),
                grid,
                new string?[,,]
                {
                    {
                        { "a" },
                        { null },
                    },
                },
                shifted,
                Array.CreateInstance(typeof(int), [3], [1]),
                new int[0, 4],
                new Memory<byte>[] { new byte[] { 1 } },
                new List<int> { 1, 2 },
                new List<string?> { "a", null },
                new List<object?> { 1, "x", one, null, one },
                new List<IShape> { one, two },
                new List<KeyValuePair<string, int>> { new("a", 1) },
                new Queue<Circle>([one, two, one]),
                new Stack<int>([1, 2, 3]),
                new LinkedList<string>(["a", "b"]),
                new HashSet<string> { "b", "a" },
                new HashSet<string>(StringComparer.OrdinalIgnoreCase) { "A", "b" },
                new HashSet<string>(StringComparer.Ordinal) { "A", "a" },
                new HashSet<string>(new ByLength()) { "a", "bb" },
                new SortedSet<int> { 3, 1 },
                new SortedSet<string>(StringComparer.Ordinal) { "b", "B", "a" },
                new SortedSet<string>(new ByLength()) { "ccc", "a" },
                map,
                new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 },
                new Dictionary<string, Circle?>(StringComparer.Ordinal) { ["a"] = one, ["n"] = null },
                new Dictionary<string, int>(StringComparer.InvariantCultureIgnoreCase) { ["A"] = 1 },
                new Dictionary<Circle, string> { [one] = "one" },
                new Dictionary<(int, string), Colour> { [(1, "a")] = Colour.Red },
                new Dictionary<Colour, List<Point>> { [Colour.Green] = [new(1, 2)] },
                new SortedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["b"] = 1, ["A"] = 2 },
                new SortedList<int, string> { [2] = "b", [1] = "a" },
                new SortedList<string, int>(StringComparer.Ordinal) { ["b"] = 1 },
                new OrderedDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["b"] = 1, ["A"] = 2 },
                Heap(null),
                Heap(new ByLength()),
                new ConcurrentDictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["A"] = 1 },
                new ConcurrentQueue<int>([1, 2]),
                new ConcurrentStack<int>([1, 2]),
                new ConcurrentBag<int>([1, 2, 3]),
                new Collection<string> { "a" },
                new ObservableCollection<string> { "a", "b" },
                new ReadOnlyCollection<int>([1, 2]),
                new ReadOnlyDictionary<string, int>(map),
                new ReadOnlySet<int>(new HashSet<int> { 1 }),
                new List<Circle> { one, one }.AsReadOnly(),
                new BitArray([true, false, true]),
                ImmutableList.Create("a", "b"),
                ImmutableQueue.Create(1, 2),
                ImmutableStack.Create(1, 2),
                ImmutableHashSet.Create(1, 2),
                ImmutableHashSet.Create(StringComparer.OrdinalIgnoreCase, "A"),
                ImmutableSortedSet.Create(StringComparer.Ordinal, "b", "a"),
                ImmutableDictionary<string, int>.Empty.Add("a", 1),
                ImmutableDictionary
                    .Create<string, string>(StringComparer.OrdinalIgnoreCase, StringComparer.Ordinal)
                    .Add("A", "b"),
                ImmutableSortedDictionary.Create<string, int>(StringComparer.Ordinal).Add("a", 1),
                new[] { "a", "b" }.ToFrozenSet(),
                new[] { "a", "B" }.ToFrozenSet(StringComparer.OrdinalIgnoreCase),
                map.ToFrozenDictionary(),
                map.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase),
                Enumerable.Range(0, 100).ToFrozenSet(),
                FrozenSet<int>.Empty,
                FrozenDictionary<int, Circle>.Empty,
                Enumerable.Range(0, 5).ToFrozenDictionary(i => i, i => new Circle(i)),
                new TitledList { 1, 2 },
                new ByName { one, two },
                new Basket("7", ["tea", "milk"], [1], [one, one, "x"]),
                StringComparer.Ordinal,
                EqualityComparer<string>.Default,
                Comparer<int>.Default,
                new ByLength(),
            }
        )
        {
            yield return ($"{value.GetType().Name} {(value as ICollection)?.Count}", value);
        }
    }

    private static PriorityQueue<string, string> Heap(IComparer<string>? comparer)
    {
        PriorityQueue<string, string> heap = new(comparer);
        foreach (string item in new[] { "eee", "a", "cc", "b", "dddd", "aa" })
        {
            heap.Enqueue(item, item);
        }

        heap.Dequeue();
        return heap;
    }

    private static IEnumerable<(string, object)> Objects()
    {
        yield return ("_syncRoot", new Tree("oak"));
        yield return ("_syncRoot as a lock", new Purse());
        yield return ("fields of one name in a base", new Derived { BaseSecret = 1, DerivedSecret = 2 });
        yield return ("anonymous", Anonymous);
        yield return ("event without listeners", new WithEvent { Number = 3 });
        yield return ("derived by attribute", new Dog("d", 3));
        yield return ("record", new Line("nut", 3, 0.50m));
        Family parent = new() { Name = "parent" };
        Family child = new() { Name = "child", Parent = parent };
        parent.Children.Add(child);
        parent.Children.Add(parent);
        yield return ("sets that refer back", parent);
        Keyed keyed = new("k");
        keyed.Index[keyed] = 1;
        yield return ("a key that holds its dictionary", keyed);
        Link circle = new() { Number = 1 };
        circle.Next = circle;
        yield return ("circle", circle);
        List<object?> self = [1];
        self.Add(self);
        yield return ("a list that holds itself", self);
        object?[] inner = [null];
        inner[0] = new List<object> { inner };
        yield return ("an array in a list in itself", new List<object> { inner });
    }
}
