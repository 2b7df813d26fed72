using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Collections.Immutable;
using System.Collections.ObjectModel;
using System.Net;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Text;

namespace EventDrivenActors.Pure.Tests.Payloads;

/// <summary>
/// Compares two graphs by their private fields, and by which references are the same. It knows nothing of the codec.
/// </summary>
internal sealed class DeepComparison
{
    private static readonly HashSet<Type> Unordered =
    [
        typeof(Dictionary<,>),
        typeof(HashSet<>),
        typeof(ConcurrentDictionary<,>),
        typeof(ImmutableDictionary<,>),
        typeof(ImmutableHashSet<>),
        typeof(FrozenDictionary<,>),
        typeof(FrozenSet<>),
    ];

    private static readonly HashSet<Type> Ordered =
    [
        typeof(List<>),
        typeof(Queue<>),
        typeof(Stack<>),
        typeof(LinkedList<>),
        typeof(SortedSet<>),
        typeof(SortedDictionary<,>),
        typeof(SortedList<,>),
        typeof(OrderedDictionary<,>),
        typeof(ConcurrentQueue<>),
        typeof(ConcurrentStack<>),
        typeof(ConcurrentBag<>),
        typeof(ImmutableList<>),
        typeof(ImmutableQueue<>),
        typeof(ImmutableStack<>),
        typeof(ImmutableSortedSet<>),
        typeof(ImmutableSortedDictionary<,>),
        typeof(ReadOnlyCollection<>),
    ];

    private readonly Dictionary<object, object> _pairs = new(ReferenceEqualityComparer.Instance);

    /// <summary>Where they differ; null when they do not.</summary>
    public static string? Difference(object? sent, object? arrived) =>
        new DeepComparison().Compare(sent, arrived, "value");

    private string? Compare(object? a, object? b, string at)
    {
        if (a is null || b is null)
        {
            return a is null && b is null ? null : $"{at}: {a ?? "null"} and {b ?? "null"}";
        }

        Type type = a.GetType();
        if (type.Name.StartsWith("<>z__ReadOnly", StringComparison.Ordinal))
        {
            return b.GetType().Name.StartsWith("ReadOnlyCollection", StringComparison.Ordinal)
                ? Items((IEnumerable)a, (IEnumerable)b, at)
                : $"{at}: {b.GetType()}";
        }

        if (
            b.GetType() != type
            && !(a is IPAddress && b is IPAddress)
            && !(Definition(type) is { } && b.GetType().BaseType == type.BaseType)
            && !IsFrozen(type)
        )
        {
            return $"{at}: {type} and {b.GetType()}";
        }

        if (a is string)
        {
            return string.Equals((string)a, (string)b, StringComparison.Ordinal) ? null : $"{at}: '{a}' and '{b}'";
        }

        if (
            a is StringComparer or DBNull
            || (!type.IsArray && type.Name is "StringEqualityComparer" or "GenericComparer`1")
        )
        {
            return ReferenceEquals(a, b) ? null : $"{at}: another {type}";
        }

        if (!type.IsValueType)
        {
            if (_pairs.TryGetValue(a, out object? known))
            {
                return ReferenceEquals(known, b) ? null : $"{at}: no longer the object that it was";
            }

            _pairs.Add(a, b);
        }

        return a switch
        {
            Lock => null,
            Uri one => Compare(
                (one.OriginalString, one.IsAbsoluteUri, one.ToString()),
                (((Uri)b).OriginalString, ((Uri)b).IsAbsoluteUri, ((Uri)b).ToString()),
                at
            ),
            StringBuilder one => Compare(
                (one.ToString(), one.MaxCapacity),
                (b.ToString(), ((StringBuilder)b).MaxCapacity),
                at
            ),
            IPAddress => a.Equals(b) ? null : at,
            Array one => Arrays(one, (Array)b, at),
            _ => type.IsPrimitive || type.IsEnum
                ? a.Equals(b) || Bits(a).SequenceEqual(Bits(b))
                    ? null
                    : $"{at}: {a} and {b}"
                : Parts(a, b, type, at),
        };
    }

    private string? Parts(object a, object b, Type type, string at)
    {
        if (Definition(type) is { } definition && definition == typeof(PriorityQueue<,>))
        {
            return Comparers(a, b, type, at)
                ?? Items(
                    (IEnumerable)type.GetProperty("UnorderedItems")!.GetValue(a)!,
                    (IEnumerable)type.GetProperty("UnorderedItems")!.GetValue(b)!,
                    at
                );
        }

        if (Definition(type) is { } memory && (memory == typeof(Memory<>) || memory == typeof(ReadOnlyMemory<>)))
        {
            return Compare(type.GetMethod("ToArray")!.Invoke(a, null), type.GetMethod("ToArray")!.Invoke(b, null), at);
        }

        bool isFrozen = IsFrozen(type);
        if (isFrozen || (Definition(type) is { } known && Unordered.Contains(known)))
        {
            return Comparers(a, b, isFrozen ? FrozenBase(type) : type, at) ?? Sets((IEnumerable)a, (IEnumerable)b, at);
        }

        if (Definition(type) is { } ordered && Ordered.Contains(ordered))
        {
            return Comparers(a, b, type, at) ?? Items((IEnumerable)a, (IEnumerable)b, at);
        }

        for (
            Type? level = type;
            level is not null && level != typeof(object) && level != typeof(ValueType);
            level = level.BaseType
        )
        {
            if (level != type && Definition(level) == typeof(List<>))
            {
                return Items((IEnumerable)a, (IEnumerable)b, at);
            }

            foreach (
                FieldInfo field in level.GetFields(
                    BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly
                )
            )
            {
                if (field.FieldType.IsPointer)
                {
                    return $"{at}.{field.Name}: a pointer";
                }

                if (Compare(field.GetValue(a), field.GetValue(b), $"{at}.{field.Name}") is { } difference)
                {
                    return difference;
                }
            }
        }

        return type.IsValueType && !Bits(a).SequenceEqual(Bits(b)) ? $"{at}: content beyond its fields" : null;
    }

    private string? Arrays(Array a, Array b, string at)
    {
        for (int dimension = 0; dimension < a.Rank; dimension++)
        {
            if (
                a.GetLength(dimension) != b.GetLength(dimension)
                || a.GetLowerBound(dimension) != b.GetLowerBound(dimension)
            )
            {
                return $"{at}: another length or lower bound";
            }
        }

        return Items(a, b, at);
    }

    private string? Items(IEnumerable a, IEnumerable b, string at)
    {
        object?[] left = [.. a.Cast<object?>()],
            right = [.. b.Cast<object?>()];
        return left.Length != right.Length
            ? $"{at}: {left.Length} and {right.Length} elements"
            : left.Select((item, i) => Compare(item, right[i], $"{at}[{i}]"))
                .FirstOrDefault(difference => difference is not null);
    }

    // The order of a hashed collection may be another one; the elements of these tests have distinct texts or are
    // alone.
    private string? Sets(IEnumerable a, IEnumerable b, string at) =>
        Items(
            a.Cast<object?>().OrderBy(item => $"{item}", StringComparer.Ordinal),
            b.Cast<object?>().OrderBy(item => $"{item}", StringComparer.Ordinal),
            at
        );

    private string? Comparers(object a, object b, Type type, string at) =>
        new[] { "Comparer", "KeyComparer", "ValueComparer" }
            .Select(type.GetProperty)
            .OfType<PropertyInfo>()
            .Select(property => Compare(property.GetValue(a), property.GetValue(b), $"{at}.{property.Name}"))
            .FirstOrDefault(difference => difference is not null);

    private static Type? Definition(Type type) =>
        type.IsConstructedGenericType ? type.GetGenericTypeDefinition() : null;

    private static bool IsFrozen(Type type) => FrozenBase(type) != type;

    private static Type FrozenBase(Type type)
    {
        for (Type? level = type.BaseType; level is not null; level = level.BaseType)
        {
            if (
                Definition(level) is { } definition
                && (definition == typeof(FrozenSet<>) || definition == typeof(FrozenDictionary<,>))
            )
            {
                return level;
            }
        }

        return type;
    }

    private static byte[] Bits(object value)
    {
        MethodInfo method = typeof(DeepComparison)
            .GetMethod(nameof(BitsOf), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(value.GetType());
        return (byte[])method.Invoke(null, [value])!;
    }

    private static byte[] BitsOf<T>(T value)
        where T : struct =>
        System.Runtime.CompilerServices.RuntimeHelpers.IsReferenceOrContainsReferences<T>()
            ? []
            : MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref value, 1)).ToArray();
}
