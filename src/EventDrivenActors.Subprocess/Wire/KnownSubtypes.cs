namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The subtypes that a type names itself, for a serializer of JSON or of data contracts.</summary>
internal static class KnownSubtypes
{
    // By name: an application that uses no such attribute need not load their assemblies.
    private static readonly HashSet<string> Attributes = ["System.Text.Json.Serialization.JsonDerivedTypeAttribute", "System.Runtime.Serialization.KnownTypeAttribute"];

    public static IEnumerable<Type> Of(Type type) =>
        from attribute in type.GetCustomAttributesData()
        where Attributes.Contains(attribute.AttributeType.FullName!)
        from argument in attribute.ConstructorArguments.Take(1)
        let subtype = argument.Value as Type
        where subtype is not null && type.IsAssignableFrom(subtype)
        select subtype;
}
