using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace AssemblyCensus.Reading;

/// <summary>The handler of the census: reads one file, without loading it as an assembly.</summary>
internal static class AssemblyReader
{
    /// <summary>Reads the file once; the hash and the metadata come from the same bytes.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">This user may not read the file.</exception>
    public static AssemblyFacts Read(string path) => Read(File.ReadAllBytes(path));

    /// <summary>Never throws because of the content: a bad image is <see cref="FileKinds.Corrupt"/>.</summary>
    internal static AssemblyFacts Read(byte[] bytes)
    {
        AssemblyFacts facts = new AssemblyFacts
        {
            Kind = FileKinds.Corrupt,
            Sha256 = Convert.ToHexStringLower(SHA256.HashData(bytes)),
            FileBytes = bytes.Length,
        };
        if (bytes.Length == 0)
        {
            return facts with { Problem = "The file is empty." };
        }

        try
        {
            using PEReader image = new PEReader(ImmutableCollectionsMarshal.AsImmutableArray(bytes));
            if (IsCutOff(image.PEHeaders, bytes.Length))
            {
                return facts with { Problem = "The file is cut off: its headers name sections beyond its end." };
            }

            return image.HasMetadata
                ? Describe(facts, image, image.GetMetadataReader())
                : facts with
                {
                    Kind = FileKinds.Native,
                    Problem = "The image has no CLR metadata.",
                };
        }
        catch (Exception exception)
            when (exception
                    is BadImageFormatException
                        or ArgumentException
                        or OverflowException
                        or InvalidOperationException
            )
        {
            return facts with { Problem = $"The image is not valid: {exception.Message}" };
        }
    }

    private static AssemblyFacts Describe(AssemblyFacts facts, PEReader image, MetadataReader metadata)
    {
        (int methods, long ilBytes) = MethodBodies.Measure(image, metadata);
        facts = facts with
        {
            References =
            [
                .. metadata.AssemblyReferences.Select(reference =>
                    metadata.GetString(metadata.GetAssemblyReference(reference).Name)
                ),
            ],
            Types = CountTypes(metadata),
            Methods = methods,
            IlBytes = ilBytes,
        };
        if (!metadata.IsAssembly)
        {
            return facts with
            {
                Kind = FileKinds.Module,
                Name = metadata.GetString(metadata.GetModuleDefinition().Name),
                Problem = "The module has no assembly manifest.",
            };
        }

        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        bool resourceOnly = facts.Types == 0 && metadata.ExportedTypes.Count == 0;
        return facts with
        {
            Kind = resourceOnly ? FileKinds.ResourceOnly : FileKinds.Assembly,
            Problem = resourceOnly ? "The assembly has no type of its own and forwards none." : null,
            Name = metadata.GetString(assembly.Name),
            Version = assembly.Version.ToString(),
            TargetFramework = TargetFrameworks.Of(metadata, assembly),
        };
    }

    private static bool IsCutOff(PEHeaders headers, int length) =>
        headers.SectionHeaders.Any(section =>
            (long)(uint)section.PointerToRawData + (uint)section.SizeOfRawData > length
        );

    private static int CountTypes(MetadataReader metadata)
    {
        int types = metadata.TypeDefinitions.Count;
        if (types == 0)
        {
            return 0;
        }

        TypeDefinition first = metadata.GetTypeDefinition(metadata.TypeDefinitions.First());
        return metadata.StringComparer.Equals(first.Name, "<Module>") ? types - 1 : types;
    }
}
