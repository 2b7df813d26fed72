using System.Collections;
using System.Collections.Immutable;
using System.Net;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;

namespace EventDrivenActors.Pure.Tests.Payloads;

/// <summary>One value or more of every kind that a program may want to send.</summary>
internal static partial class ValueCatalogue
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
}
