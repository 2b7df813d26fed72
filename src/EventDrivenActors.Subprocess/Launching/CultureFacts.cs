using System.Globalization;
using System.Reflection;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>A culture by its name, and by what the application has changed in it.</summary>
/// <param name="Name">Empty for the invariant culture.</param>
/// <param name="Changes">The properties that are not those of the name, each with its values.</param>
internal sealed record CultureFacts(string Name, IReadOnlyList<(string Property, string[] Values)> Changes)
{
    // A calendar changes what other properties may be.
    private static readonly PropertyInfo[] Dates =
    [
        .. Settable(typeof(DateTimeFormatInfo).GetProperties())
            .OrderBy(property => property.PropertyType != typeof(Calendar)),
    ];

    private static readonly PropertyInfo[] Numbers = [.. Settable(typeof(NumberFormatInfo).GetProperties())];
    private static readonly PropertyInfo[] Texts = [.. Settable(typeof(TextInfo).GetProperties())];

    public static CultureFacts Of(CultureInfo culture)
    {
        if (culture.IsReadOnly)
        {
            return new CultureFacts(culture.Name, []);
        }

        CultureInfo plain = CultureInfo.GetCultureInfo(culture.Name);
        List<(string, string[])> changes = [];
        Compare(Numbers, culture.NumberFormat, plain.NumberFormat);
        Compare(Dates, culture.DateTimeFormat, plain.DateTimeFormat);
        Compare(Texts, culture.TextInfo, plain.TextInfo);
        return new CultureFacts(culture.Name, changes);

        void Compare(PropertyInfo[] properties, object mine, object its)
        {
            foreach (PropertyInfo property in properties)
            {
                string[] value = ToTexts(property.GetValue(mine));
                if (!value.SequenceEqual(ToTexts(property.GetValue(its))))
                {
                    changes.Add(($"{property.DeclaringType!.Name}.{property.Name}", value));
                }
            }
        }
    }

    /// <summary>The culture, as far as this process knows it; null where it knows none of that name.</summary>
    public CultureInfo? Make()
    {
        try
        {
            CultureInfo culture = new CultureInfo(Name);
            foreach ((string? property, string[]? values) in Changes)
            {
                Change(culture, property, values);
            }

            return culture;
        }
        catch (CultureNotFoundException)
        {
            return null;
        }
    }

    private static void Change(CultureInfo culture, string name, string[] values)
    {
        foreach (
            (PropertyInfo[]? properties, object? target) in ((PropertyInfo[], object)[])
                [(Numbers, culture.NumberFormat), (Dates, culture.DateTimeFormat), (Texts, culture.TextInfo)]
        )
        {
            if (
                Array.Find(properties, one => $"{one.DeclaringType!.Name}.{one.Name}" == name) is { } property
                && FromTexts(property.PropertyType, values, culture) is { } value
            )
            {
                property.SetValue(target, value);
            }
        }
    }

    private static string[] ToTexts(object? value) =>
        value switch
        {
            string[] texts => texts,
            int[] numbers => [.. numbers.Select(Text)],
            int number => [Text(number)],
            Enum choice => [Text(Convert.ToInt32(choice, CultureInfo.InvariantCulture))],
            GregorianCalendar gregorian => [gregorian.GetType().Name, Text((int)gregorian.CalendarType)],
            Calendar calendar => [calendar.GetType().Name],
            _ => [value as string ?? ""],
        };

    private static object? FromTexts(Type type, string[] values, CultureInfo culture) =>
        type == typeof(string[]) ? values
        : type == typeof(int[]) ? Array.ConvertAll(values, Number)
        : type == typeof(int) ? Number(values[0])
        : type.IsEnum ? Enum.ToObject(type, Number(values[0]))
        : type == typeof(Calendar)
            ? culture.OptionalCalendars.FirstOrDefault(calendar => ToTexts(calendar).SequenceEqual(values))
        : values[0];

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static IEnumerable<PropertyInfo> Settable(PropertyInfo[] properties) =>
        properties.Where(property =>
            property is { CanRead: true, CanWrite: true }
            && property.GetMethod is { IsPublic: true, IsStatic: false }
            && property.SetMethod is { IsPublic: true }
        );
}
