using System.Collections.Immutable;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;

namespace EventDrivenActors.Samples.Tests.Census;

/// <summary>Small images of the kinds that a folder may hold.</summary>
internal static class Images
{
    /// <summary>An image with metadata; its type has one method with a body of three bytes.</summary>
    public static byte[] Managed(bool manifest, bool type)
    {
        MetadataBuilder metadata = new();
        BlobBuilder code = new();
        metadata.AddModule(
            0,
            metadata.GetOrAddString("made.dll"),
            metadata.GetOrAddGuid(new Guid(1, 2, 3, [4, 5, 6, 7, 8, 9, 10, 11])),
            default,
            default
        );
        metadata.AddTypeDefinition(
            default,
            default,
            metadata.GetOrAddString("<Module>"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        if (manifest)
        {
            metadata.AddAssembly(
                metadata.GetOrAddString("made"),
                new Version(1, 2, 3, 4),
                default,
                default,
                default,
                AssemblyHashAlgorithm.None
            );
        }

        if (type)
        {
            AddType(metadata, code);
        }

        return Serialize(
            new ManagedPEBuilder(PEHeaderBuilder.CreateLibraryHeader(), new MetadataRootBuilder(metadata), code)
        );
    }

    /// <summary>An image without metadata.</summary>
    public static byte[] Native() => Serialize(new NativeBuilder());

    private static void AddType(MetadataBuilder metadata, BlobBuilder code)
    {
        InstructionEncoder body = new(new BlobBuilder());
        body.OpCode(ILOpCode.Nop);
        body.OpCode(ILOpCode.Nop);
        body.OpCode(ILOpCode.Ret);
        BlobBuilder signature = new();
        new BlobEncoder(signature).MethodSignature().Parameters(0, returns => returns.Void(), _ => { });
        metadata.AddTypeDefinition(
            TypeAttributes.Public,
            default,
            metadata.GetOrAddString("Made"),
            default,
            MetadataTokens.FieldDefinitionHandle(1),
            MetadataTokens.MethodDefinitionHandle(1)
        );
        metadata.AddMethodDefinition(
            MethodAttributes.Static,
            MethodImplAttributes.IL,
            metadata.GetOrAddString("Run"),
            metadata.GetOrAddBlob(signature),
            new MethodBodyStreamEncoder(code).AddMethodBody(body),
            default
        );
    }

    private static byte[] Serialize(PEBuilder builder)
    {
        BlobBuilder image = new();
        builder.Serialize(image);
        return image.ToArray();
    }

    private sealed class NativeBuilder() : PEBuilder(PEHeaderBuilder.CreateLibraryHeader(), _ => default)
    {
        protected override ImmutableArray<Section> CreateSections() =>
            [new Section(".text", SectionCharacteristics.ContainsCode)];

        protected override BlobBuilder SerializeSection(string name, SectionLocation location)
        {
            BlobBuilder section = new();
            section.WriteByte(0xC3);
            return section;
        }

        protected override PEDirectoriesBuilder GetDirectories() => new();
    }
}
