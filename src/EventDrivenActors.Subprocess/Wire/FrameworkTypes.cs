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

    /// <summary>Every type and generic definition of the list.</summary>
    public static IEnumerable<Type> All => PlainTypes.Concat(GenericDefinitions);

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
