using System.Collections;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Numerics;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The framework's types that may cross without being asked for: plain values, and collections of types that may.</summary>
internal static class FrameworkTypes
{
    private static readonly HashSet<Type> PlainTypes =
    [
        typeof(object), typeof(string), typeof(bool), typeof(char), typeof(byte), typeof(sbyte), typeof(short), typeof(ushort), typeof(int), typeof(uint),
        typeof(long), typeof(ulong), typeof(float), typeof(double), typeof(decimal), typeof(DateTime), typeof(DateTimeOffset), typeof(Guid),
        typeof(TimeSpan), typeof(DateOnly), typeof(TimeOnly), typeof(Half), typeof(Int128), typeof(UInt128), typeof(BigInteger), typeof(Complex),
        typeof(Version), typeof(Uri), typeof(Index), typeof(Range), typeof(System.Text.Rune), typeof(DictionaryEntry),
    ];

    private static readonly HashSet<Type> GenericDefinitions =
    [
        typeof(Nullable<>), typeof(KeyValuePair<,>), typeof(List<>), typeof(Queue<>), typeof(Stack<>), typeof(HashSet<>), typeof(SortedSet<>),
        typeof(Dictionary<,>), typeof(SortedDictionary<,>), typeof(SortedList<,>), typeof(ReadOnlyCollection<>),
        typeof(ImmutableArray<>), typeof(ImmutableList<>), typeof(ImmutableHashSet<>), typeof(ImmutableSortedSet<>), typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>), typeof(ImmutableQueue<>), typeof(ImmutableStack<>),
        typeof(ValueTuple<>), typeof(ValueTuple<,>), typeof(ValueTuple<,,>), typeof(ValueTuple<,,,>), typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>), typeof(ValueTuple<,,,,,,>), typeof(ValueTuple<,,,,,,,>),
        typeof(Tuple<>), typeof(Tuple<,>), typeof(Tuple<,,>), typeof(Tuple<,,,>), typeof(Tuple<,,,,>), typeof(Tuple<,,,,,>), typeof(Tuple<,,,,,,>), typeof(Tuple<,,,,,,,>),
    ];

    // Put together when a name has to be looked up, which most calls never need.
    private static readonly Lazy<Dictionary<string, Type>> ByKey = new(() => PlainTypes.Concat(GenericDefinitions).ToDictionary(Key, StringComparer.Ordinal));

    /// <summary>The type or generic definition of the list under a <see cref="Key(Type)"/>.</summary>
    public static Type? Find(string key) => ByKey.Value.GetValueOrDefault(key);

    /// <summary>What a type or generic definition is found by: its name and that of its assembly, without a version.</summary>
    public static string Key(Type type) => Key(type.FullName!, type.Assembly.GetName().Name);

    public static string Key(string fullName, string? assembly) => $"{fullName}, {assembly}";

    public static bool IsPlain(Type type) => PlainTypes.Contains(type);

    public static bool IsKnownDefinition(Type definition) => GenericDefinitions.Contains(definition);

    public static bool IsKnown(Type type) => IsPlain(type) || (type.IsConstructedGenericType && IsKnownDefinition(type.GetGenericTypeDefinition()));

    /// <summary>Whether the type comes with .NET: such a type is not allowed just because a field is declared of it.</summary>
    public static bool IsFramework(Type type)
    {
        var assembly = type.Assembly.GetName().Name!;
        return assembly is "mscorlib" or "netstandard" or "WindowsBase"
            || assembly.StartsWith("System.", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.", StringComparison.Ordinal);
    }
}
