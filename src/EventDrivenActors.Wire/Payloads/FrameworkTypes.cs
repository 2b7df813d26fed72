using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Numerics;
using System.Reflection;
using System.Runtime.Intrinsics;
using System.Text;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// The framework's types that may cross without being asked for: plain values, and collections of types that may.
/// </summary>
internal static class FrameworkTypes
{
    // The position in this list is the number of a type on the wire.
    private static readonly Type[] PlainTypes =
    [
        typeof(object),
        typeof(string),
        typeof(bool),
        typeof(char),
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
        typeof(TimeSpan),
        typeof(DateOnly),
        typeof(TimeOnly),
        typeof(Half),
        typeof(Int128),
        typeof(UInt128),
        typeof(BigInteger),
        typeof(Complex),
        typeof(Version),
        typeof(Uri),
        typeof(Index),
        typeof(Range),
        typeof(Rune),
        typeof(DictionaryEntry),
        typeof(StringBuilder),
        typeof(BitArray),
        typeof(Vector2),
        typeof(Vector3),
        typeof(Vector4),
        typeof(Matrix3x2),
        typeof(Matrix4x4),
        typeof(Quaternion),
        typeof(Plane),
        typeof(IPAddress),
        typeof(IPEndPoint),
        typeof(StringComparer),
        typeof(DBNull),
        typeof(Lock),
        typeof(object[]),
        typeof(string[]),
        typeof(bool[]),
        typeof(byte[]),
        typeof(int[]),
        typeof(long[]),
        typeof(double[]),
        typeof(decimal[]),
        typeof(DateTime[]),
        typeof(Guid[]),
        typeof(List<object>),
        typeof(List<string>),
        typeof(List<int>),
        typeof(Dictionary<string, object>),
        typeof(Dictionary<string, string>),
    ];

    private static readonly Dictionary<Type, int> Numbers = PlainTypes
        .Index()
        .ToDictionary(pair => pair.Item, pair => pair.Index);

    private static readonly HashSet<Type> GenericDefinitions =
    [
        typeof(Nullable<>),
        typeof(KeyValuePair<,>),
        typeof(ImmutableArray<>),
        typeof(ArraySegment<>),
        typeof(Memory<>),
        typeof(ReadOnlyMemory<>),
        typeof(EqualityComparer<>),
        typeof(Comparer<>),
        typeof(Vector<>),
        typeof(Vector64<>),
        typeof(Vector128<>),
        typeof(Vector256<>),
        typeof(Vector512<>),
        typeof(List<>),
        typeof(Queue<>),
        typeof(Stack<>),
        typeof(LinkedList<>),
        typeof(HashSet<>),
        typeof(SortedSet<>),
        typeof(PriorityQueue<,>),
        typeof(Dictionary<,>),
        typeof(OrderedDictionary<,>),
        typeof(SortedDictionary<,>),
        typeof(SortedList<,>),
        typeof(ConcurrentDictionary<,>),
        typeof(ConcurrentQueue<>),
        typeof(ConcurrentStack<>),
        typeof(ConcurrentBag<>),
        typeof(Collection<>),
        typeof(ObservableCollection<>),
        typeof(ReadOnlyCollection<>),
        typeof(ReadOnlyDictionary<,>),
        typeof(ReadOnlySet<>),
        typeof(ImmutableList<>),
        typeof(ImmutableHashSet<>),
        typeof(ImmutableSortedSet<>),
        typeof(ImmutableDictionary<,>),
        typeof(ImmutableSortedDictionary<,>),
        typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>),
        typeof(FrozenSet<>),
        typeof(FrozenDictionary<,>),
        typeof(ValueTuple<>),
        typeof(ValueTuple<,>),
        typeof(ValueTuple<,,>),
        typeof(ValueTuple<,,,>),
        typeof(ValueTuple<,,,,>),
        typeof(ValueTuple<,,,,,>),
        typeof(ValueTuple<,,,,,,>),
        typeof(ValueTuple<,,,,,,,>),
        typeof(Tuple<>),
        typeof(Tuple<,>),
        typeof(Tuple<,,>),
        typeof(Tuple<,,,>),
        typeof(Tuple<,,,,>),
        typeof(Tuple<,,,,,>),
        typeof(Tuple<,,,,,,>),
        typeof(Tuple<,,,,,,,>),
    ];

    // Collections whose fields hold everything, so that classes may derive from them too.
    private static readonly HashSet<Type> WrittenByFields =
    [
        typeof(BitArray),
        typeof(Collection<>),
        typeof(ObservableCollection<>),
        typeof(KeyedCollection<,>),
        typeof(ReadOnlyCollection<>),
        typeof(ReadOnlyDictionary<,>),
        typeof(ReadOnlySet<>),
        typeof(List<>),
        typeof(Queue<>),
        typeof(Stack<>),
    ];

    // Filled when they are asked for, and made for one object.
    private static readonly HashSet<(Type, string)> Caches =
    [
        (typeof(ReadOnlyDictionary<,>), "_keys"),
        (typeof(ReadOnlyDictionary<,>), "_values"),
        (typeof(ObservableCollection<>), "_monitor"),
    ];

    // Built when a name has to be looked up, which most calls never need.
    private static readonly Lazy<Dictionary<string, Type>> ByKey = new(() =>
        PlainTypes
            .Where(type => type is { IsArray: false, IsGenericType: false })
            .Concat(GenericDefinitions)
            .ToDictionary(Key, StringComparer.Ordinal)
    );

    /// <summary>The type or generic definition of the list under a <see cref="Key(Type)"/>.</summary>
    public static Type? Find(string key) => ByKey.Value.GetValueOrDefault(key);

    /// <summary>
    /// The key of a type or generic definition: its name and that of its assembly, without a version.
    /// </summary>
    public static string Key(Type type) => Key(type.FullName!, type.Assembly.GetName().Name);

    public static string Key(string fullName, string? assembly) => $"{fullName}, {assembly}";

    /// <summary>How many types have a number that both ends know.</summary>
    public static int Numbered => PlainTypes.Length;

    /// <summary>The number of a type, null when it has none.</summary>
    public static int? NumberOf(Type type) => Numbers.TryGetValue(type, out int number) ? number : null;

    /// <summary>The type of a number.</summary>
    public static Type Of(int number) => PlainTypes[number];

    public static bool IsPlain(Type type) => Numbers.ContainsKey(type);

    /// <summary>Whether the fields of a framework's collection hold everything that it contains.</summary>
    public static bool IsWrittenByFields(Type type) =>
        WrittenByFields.Contains(type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : type);

    /// <summary>Whether a field only caches what the others hold.</summary>
    public static bool IsCache(FieldInfo field) =>
        field.DeclaringType is { IsConstructedGenericType: true } type
        && Caches.Contains((type.GetGenericTypeDefinition(), field.Name));

    public static bool IsKnownDefinition(Type definition) => GenericDefinitions.Contains(definition);

    public static bool IsKnown(Type type) =>
        IsPlain(type) || (type.IsConstructedGenericType && IsKnownDefinition(type.GetGenericTypeDefinition()));

    /// <summary>
    /// Whether the type comes with .NET: such a type is not allowed just because a field is declared of it.
    /// </summary>
    public static bool IsFramework(Type type)
    {
        string assembly = type.Assembly.GetName().Name!;
        return assembly is "mscorlib" or "netstandard" or "WindowsBase"
            || assembly.StartsWith("System.", StringComparison.Ordinal)
            || assembly.StartsWith("Microsoft.", StringComparison.Ordinal);
    }
}
