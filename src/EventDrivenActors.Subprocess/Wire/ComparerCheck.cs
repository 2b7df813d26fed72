using System.Reflection;

namespace EventDrivenActors.Subprocess.Wire;

/// <summary>Hyperion loses the comparer of a collection; a collection whose comparer is not the default one is refused instead.</summary>
internal static class ComparerCheck
{
    private static readonly string[] Properties = ["Comparer", "KeyComparer", "ValueComparer"];

    /// <summary>What looks at an instance of <paramref name="collection"/>, null when the type has no comparer.</summary>
    public static Func<object, string?>? For(Type collection)
    {
        var checks = Properties.Select(name => collection.GetProperty(name)).OfType<PropertyInfo>().Select(Check).ToArray();
        return checks.Length == 0 ? null : instance => checks.Select(check => check(instance)).FirstOrDefault(refusal => refusal is not null);
    }

    private static Func<object, string?> Check(PropertyInfo property)
    {
        var kind = property.PropertyType.GetGenericTypeDefinition() == typeof(IComparer<>) ? typeof(Comparer<>) : typeof(EqualityComparer<>);
        var expected = kind.MakeGenericType(property.PropertyType.GetGenericArguments()[0]).GetProperty("Default")!.GetValue(null)!;
        var get = CompiledGetter.For(property);
        return instance => get(instance) is { } comparer && !comparer.Equals(expected)
            ? $"has the comparer '{comparer.GetType()}', which would be lost; send a collection with the default comparer and set the comparer again in the handler."
            : null;
    }
}
