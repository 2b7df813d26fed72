using System.Reflection.Metadata;

namespace AssemblyCensus.Reading;

/// <summary>Finds and shortens the framework that an assembly was built for.</summary>
internal static class TargetFrameworks
{
    private const ushort AttributeProlog = 1;

    /// <summary>The moniker in the assembly's TargetFrameworkAttribute, or null.</summary>
    public static string? Of(MetadataReader metadata, AssemblyDefinition assembly)
    {
        foreach (CustomAttributeHandle handle in assembly.GetCustomAttributes())
        {
            CustomAttribute attribute = metadata.GetCustomAttribute(handle);
            if (IsTargetFramework(metadata, attribute.Constructor))
            {
                BlobReader blob = metadata.GetBlobReader(attribute.Value);
                return blob.ReadUInt16() == AttributeProlog ? blob.ReadSerializedString() : null;
            }
        }

        return null;
    }

    /// <summary>".NETCoreApp,Version=v8.0" as "net8.0"; an unknown one stays as it is, and null is "none".</summary>
    public static string Shorten(string? moniker)
    {
        if (
            moniker?.Split(",Version=v") is not [var family, { Length: > 0 } version]
            || version.Contains(',', StringComparison.Ordinal)
        )
        {
            return moniker ?? "none";
        }

        return (family, version[0]) switch
        {
            (".NETStandard", _) => $"netstandard{version}",
            (".NETFramework", _) => $"net{version.Replace(".", string.Empty, StringComparison.Ordinal)}",
            (".NETCoreApp", '1' or '2' or '3') when version.IndexOf('.', StringComparison.Ordinal) == 1 =>
                $"netcoreapp{version}",
            (".NETCoreApp", _) => $"net{version}",
            _ => moniker,
        };
    }

    private static bool IsTargetFramework(MetadataReader metadata, EntityHandle constructor) =>
        constructor.Kind switch
        {
            HandleKind.MemberReference => Declares(
                metadata,
                metadata.GetMemberReference((MemberReferenceHandle)constructor).Parent
            ),
            HandleKind.MethodDefinition => Declares(
                metadata,
                metadata.GetMethodDefinition((MethodDefinitionHandle)constructor).GetDeclaringType()
            ),
            _ => false,
        };

    private static bool Declares(MetadataReader metadata, EntityHandle type)
    {
        switch (type.Kind)
        {
            case HandleKind.TypeReference:
                TypeReference reference = metadata.GetTypeReference((TypeReferenceHandle)type);
                return Matches(metadata, reference.Namespace, reference.Name);
            case HandleKind.TypeDefinition:
                TypeDefinition definition = metadata.GetTypeDefinition((TypeDefinitionHandle)type);
                return Matches(metadata, definition.Namespace, definition.Name);
            default:
                return false;
        }
    }

    private static bool Matches(MetadataReader metadata, StringHandle space, StringHandle name) =>
        metadata.StringComparer.Equals(name, "TargetFrameworkAttribute")
        && metadata.StringComparer.Equals(space, "System.Runtime.Versioning");
}
