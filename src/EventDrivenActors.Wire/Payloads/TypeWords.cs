using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>Types as C# spells them.</summary>
internal static class TypeWords
{
    private static readonly Dictionary<Type, string> Keywords = new()
    {
        [typeof(object)] = "object",
        [typeof(string)] = "string",
        [typeof(bool)] = "bool",
        [typeof(char)] = "char",
        [typeof(byte)] = "byte",
        [typeof(sbyte)] = "sbyte",
        [typeof(short)] = "short",
        [typeof(ushort)] = "ushort",
        [typeof(int)] = "int",
        [typeof(uint)] = "uint",
        [typeof(long)] = "long",
        [typeof(ulong)] = "ulong",
        [typeof(float)] = "float",
        [typeof(double)] = "double",
        [typeof(decimal)] = "decimal",
        [typeof(nint)] = "nint",
        [typeof(nuint)] = "nuint",
    };

    /// <summary>The name without namespaces, with outer types and arguments.</summary>
    public static string Of(Type type)
    {
        if (Keywords.TryGetValue(type, out string? keyword))
        {
            return keyword;
        }

        if (type.IsArray)
        {
            // C# writes the outermost dimensions first.
            StringBuilder ranks = new StringBuilder();
            Type element = type;
            for (; element.IsArray; element = element.GetElementType()!)
            {
                ranks.Append('[').Append(',', element.GetArrayRank() - 1).Append(']');
            }

            return Of(element) + ranks;
        }

        if (Nullable.GetUnderlyingType(type) is { } underlying)
        {
            return Of(underlying) + "?";
        }

        Type[] arguments = type.GetGenericArguments();
        StringBuilder name = new StringBuilder();
        int taken = 0;
        foreach (Type level in Levels(type))
        {
            int tick = level.Name.IndexOf('`', StringComparison.Ordinal);
            name.Append(name.Length > 0 ? "." : "").Append(tick < 0 ? level.Name : level.Name[..tick]);
            int own =
                tick < 0
                    ? 0
                    : int.Parse(level.Name.AsSpan(tick + 1), System.Globalization.CultureInfo.InvariantCulture);
            if (own > 0)
            {
                name.Append('<').AppendJoin(", ", arguments.Skip(taken).Take(own).Select(Of)).Append('>');
                taken += own;
            }
        }

        return name.ToString();
    }

    private static IEnumerable<Type> Levels(Type type) =>
        type.DeclaringType is { } outer ? Levels(outer).Append(type) : [type];
}
