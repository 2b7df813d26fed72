using System.Collections.Concurrent;
using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The value types that are nothing but data: no references and no native pointers, at any depth.</summary>
internal static class RawTypes
{
    private static readonly ConcurrentDictionary<Type, bool> Known = new();

    public static bool Contains(Type type) =>
        type.IsValueType
        && Known.GetOrAdd(
            type,
            static type =>
                !type.IsByRefLike && !type.ContainsGenericParameters && type != typeof(void) && !Holds(type, IsNoData)
        );

    /// <summary>Whether a type is or holds a native pointer, directly or in a struct.</summary>
    public static bool HoldsPointers(Type type) => Holds(type, IsPointer);

    private static bool Holds(Type type, Predicate<Type> condition) =>
        condition(type)
        || (
            type.IsValueType
            && !type.IsPrimitive
            && !type.IsEnum
            && Array.Exists(
                type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic),
                field => Holds(field.FieldType, condition)
            )
        );

    private static bool IsNoData(Type type) => !type.IsValueType || IsPointer(type);

    private static bool IsPointer(Type type) =>
        type.IsPointer || type.IsFunctionPointer || type == typeof(nint) || type == typeof(nuint);
}
