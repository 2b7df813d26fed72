namespace EventDrivenActors.Wire.Payloads;

/// <summary>The types whose values have a tag of their own and can be event keys.</summary>
internal static class PrimitiveTypes
{
    private static readonly HashSet<Type> Types =
    [
        typeof(bool),
        typeof(char),
        typeof(string),
        typeof(byte),
        typeof(sbyte),
        typeof(short),
        typeof(ushort),
        typeof(int),
        typeof(uint),
        typeof(long),
        typeof(ulong),
        typeof(float),
        typeof(double),
        typeof(decimal),
        typeof(DateTime),
        typeof(DateTimeOffset),
        typeof(Guid),
    ];

    public static bool Contains(Type type) => Types.Contains(type);
}
