using System.Collections.Concurrent;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The value types that are nothing but data: no references and no native pointers, at any depth.</summary>
internal static class RawTypes
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Contains(Type type) => type.IsValueType && Known.GetOrAdd(type, static type => !HoldsReferences(type) && !HoldsPointers(type));

    /// <summary>Whether a type is or holds a native pointer, directly or in a struct.</summary>
    public static bool HoldsPointers(Type type) =>
        type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint)
        || (type.IsValueType && !type.IsPrimitive && !type.IsEnum
            && Array.Exists(type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic), field => HoldsPointers(field.FieldType)));

    private static bool HoldsReferences(Type type) =>
        type.IsByRefLike || type.ContainsGenericParameters || type == typeof(void)
        || (bool)typeof(RuntimeHelpers).GetMethod(nameof(RuntimeHelpers.IsReferenceOrContainsReferences))!.MakeGenericMethod(type).Invoke(null, null)!;
}
