using System.Collections;
using System.Globalization;
using System.Text;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>The catalogue of values that travel with events and come back as results.</summary>
internal static class Cargo
{
    private static readonly Func<object?>[] Makers =
    [
        () => 42,
        () => long.MinValue,
        () => "a text with ümlauts and \0",
        () => double.NaN,
        () => 1.10m,
        () => new DateTime(2026, 11, 1, 1, 30, 0, DateTimeKind.Utc),
        () => new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(13)),
        () => TimeSpan.FromTicks(1),
        () => new Guid(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11),
        () => (byte[])[1, 2, 3, 0],
        () => (int[])[int.MaxValue, 0, -1],
        () => new List<string> { "", "x" },
        () => new Dictionary<string, int>(StringComparer.OrdinalIgnoreCase) { ["One"] = 1, ["two"] = 2 },
        () => new Order(7, "tea", [new Line("cup", 2), new Line("pot", 1)]),
        () => Shared(),
        () => new HashSet<Color> { Color.Red, Color.Blue },
        () => (1, "two"),
        () => new string('z', 100_000),
        () => new Bound(static () => { }),
    ];

    /// <summary>How many values it has.</summary>
    public static int Count => Makers.Length;

    /// <summary>Makes a value anew.</summary>
    public static object? Make(int index) => index < 0 ? null : Makers[index % Makers.Length]();

    /// <summary>Lets all of them cross to a child.</summary>
    public static void Allow(SubprocessOptions options) =>
        options
            .AllowType<List<string>>()
            .AllowType<Dictionary<string, int>>()
            .AllowType<Order>()
            .AllowType<HashSet<Color>>()
            .AllowType<(int, string)>();

    /// <summary>Describes a value in full: two values with the same text are equal for every use.</summary>
    public static string Describe(object? value)
    {
        StringBuilder text = new();
        Append(text, value, []);
        return text.Length > 200 ? $"{text.ToString(0, 200)}… ({text.Length})" : text.ToString();
    }

    private static List<Line[]> Shared()
    {
        Line[] lines = [new Line("same", 1)];
        return [lines, lines];
    }

    private static void Append(StringBuilder text, object? value, Dictionary<object, int> seen)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                return;
            case string or Guid or Enum:
                text.Append(value);
                return;
            case DateTime time:
                text.Append(time.Ticks).Append(time.Kind);
                return;
            case DateTimeOffset time:
                text.Append(time.Ticks).Append(time.Offset);
                return;
            case IFormattable plain when value.GetType().IsPrimitive || value is decimal or TimeSpan:
                text.Append(plain.ToString(null, CultureInfo.InvariantCulture));
                return;
        }

        if (!value.GetType().IsValueType && !seen.TryAdd(value, seen.Count))
        {
            text.Append('@').Append(seen[value]);
            return;
        }

        text.Append(value.GetType().Name).Append('(');
        switch (value)
        {
            case Dictionary<string, int> map:
                text.Append(map.ContainsKey("ONE")).Append(';');
                foreach ((string key, int number) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
                {
                    text.Append(key).Append('=').Append(number).Append(',');
                }

                break;
            case HashSet<Color> colors:
                text.AppendJoin(',', colors.Order());
                break;
            case IEnumerable many:
                foreach (object? one in many)
                {
                    Append(text, one, seen);
                    text.Append(',');
                }

                break;
            case Order order:
                text.Append(order.Id).Append(order.Name);
                Append(text, order.Lines, seen);
                break;
            case Bound:
                break;
            default:
                text.Append(value);
                break;
        }

        text.Append(')');
    }

    /// <summary>A value with parts.</summary>
    public sealed record Order(int Id, string Name, Line[] Lines);

    /// <summary>A part of it.</summary>
    public sealed record Line(string What, int Count);

    /// <summary>A value that cannot leave its process.</summary>
    public sealed record Bound(Action Action);

    /// <summary>An enumeration.</summary>
    public enum Color
    {
        Red,
        Green,
        Blue,
    }
}
