using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;

namespace AssemblyCensus.Reading;

/// <summary>Counts the methods of an image and the code in them.</summary>
internal static class MethodBodies
{
    public static (int Methods, long IlBytes) Measure(PEReader image, MetadataReader metadata)
    {
        long ilBytes = 0;
        foreach (MethodDefinitionHandle handle in metadata.MethodDefinitions)
        {
            MethodDefinition method = metadata.GetMethodDefinition(handle);
            if (HasIl(method))
            {
                ilBytes += image.GetMethodBody(method.RelativeVirtualAddress).GetILReader().Length;
            }
        }

        return (metadata.MethodDefinitions.Count, ilBytes);
    }

    // An abstract or extern method has no address; in a mixed-mode image a native method's address is machine code.
    private static bool HasIl(MethodDefinition method) =>
        method.RelativeVirtualAddress != 0
        && (method.ImplAttributes & MethodImplAttributes.CodeTypeMask) == MethodImplAttributes.IL;
}
