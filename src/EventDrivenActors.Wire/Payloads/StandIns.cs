using System.Collections.Frozen;
using System.Collections.ObjectModel;
using System.Net;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>Types that no user can name, and the public one as which an object of theirs crosses.</summary>
internal static class StandIns
{
    /// <summary>The type that the wire names for objects of <paramref name="type"/>.</summary>
    public static Type WireTypeOf(Type type)
    {
        if (CompilerNames.IsReadOnlyList(type))
        {
            return typeof(ReadOnlyCollection<>).MakeGenericType(type.GetGenericArguments());
        }

        if (type.IsValueType || !FrameworkTypes.IsFramework(type))
        {
            return type;
        }

        for (Type? known = type.BaseType; known is not null; known = known.BaseType)
        {
            if (
                known == typeof(StringComparer)
                || known == typeof(IPAddress)
                || IsFrozen(known)
                || IsDefaultComparer(known, type)
            )
            {
                return known;
            }
        }

        return type;
    }

    private static bool IsFrozen(Type type) =>
        type.IsConstructedGenericType
        && type.GetGenericTypeDefinition() is var definition
        && (definition == typeof(FrozenSet<>) || definition == typeof(FrozenDictionary<,>));

    private static bool IsDefaultComparer(Type known, Type type) =>
        known.IsConstructedGenericType
        && (
            known.GetGenericTypeDefinition() == typeof(EqualityComparer<>)
            || known.GetGenericTypeDefinition() == typeof(Comparer<>)
        )
        && known.GetProperty("Default")!.GetValue(null)!.GetType() == type;
}
