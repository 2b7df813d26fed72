using System.Reflection;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>The subtypes that a type names itself, for a serializer of JSON or of data contracts.</summary>
internal static class KnownSubtypes
{
    // By name: an application that uses no such attribute need not load their assemblies.
    private static readonly HashSet<string> Attributes =
    [
        "System.Text.Json.Serialization.JsonDerivedTypeAttribute",
        "System.Runtime.Serialization.KnownTypeAttribute",
    ];

    public static IEnumerable<Type> Of(Type type)
    {
        foreach (CustomAttributeData attribute in type.GetCustomAttributesData())
        {
            if (
                Attributes.Contains(attribute.AttributeType.FullName!)
                && attribute.ConstructorArguments is [{ Value: Type subtype }, ..]
                && type.IsAssignableFrom(subtype)
            )
            {
                yield return subtype;
            }
        }
    }
}
