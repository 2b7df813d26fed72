using System.Security.Cryptography;
using AssemblyCensus.Reading;

namespace EventDrivenActors.Samples.Tests.Census;

public class AssemblyReaderTests
{
    [Fact]
    public void Read_ThisAssembly_SaysWhatReflectionSays()
    {
        System.Reflection.Assembly assembly = typeof(AssemblyReaderTests).Assembly;
        byte[] bytes = File.ReadAllBytes(assembly.Location);

        AssemblyFacts facts = AssemblyReader.Read(assembly.Location);

        Assert.Equal(FileKinds.Assembly, facts.Kind);
        Assert.Null(facts.Problem);
        Assert.Equal(assembly.GetName().Name, facts.Name);
        Assert.Equal(assembly.GetName().Version!.ToString(), facts.Version);
        Assert.Equal(".NETCoreApp,Version=v10.0", facts.TargetFramework);
        Assert.Equal(assembly.GetReferencedAssemblies().Select(reference => reference.Name), facts.References);
        Assert.Equal(assembly.GetTypes().Length, facts.Types);
        Assert.True(facts.Methods > facts.Types);
        Assert.InRange(facts.IlBytes, 1, bytes.Length);
        Assert.Equal(bytes.Length, facts.FileBytes);
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(bytes)), facts.Sha256);
    }

    [Fact]
    public void Read_OneBodyOfThreeBytes_CountsThem()
    {
        AssemblyFacts facts = AssemblyReader.Read(Images.Managed(manifest: true, type: true));

        Assert.Equal((FileKinds.Assembly, 1, 1, 3L), (facts.Kind, facts.Types, facts.Methods, facts.IlBytes));
        Assert.Null(facts.TargetFramework);
    }

    [Fact]
    public void Read_AssemblyWithoutTypes_IsResourceOnly()
    {
        AssemblyFacts facts = AssemblyReader.Read(Images.Managed(manifest: true, type: false));

        Assert.Equal((FileKinds.ResourceOnly, "made"), (facts.Kind, facts.Name));
        Assert.True(FileKinds.IsAssembly(facts.Kind));
        Assert.NotNull(facts.Problem);
    }

    [Fact]
    public void Read_MetadataWithoutManifest_IsAModule()
    {
        AssemblyFacts facts = AssemblyReader.Read(Images.Managed(manifest: false, type: true));

        Assert.Equal((FileKinds.Module, "made.dll"), (facts.Kind, facts.Name));
        Assert.False(FileKinds.IsAssembly(facts.Kind));
    }

    [Fact]
    public void Read_ImageWithoutMetadata_IsNative() =>
        Assert.Equal(FileKinds.Native, AssemblyReader.Read(Images.Native()).Kind);

    [Fact]
    public void Read_EmptyFile_IsCorruptAndSaysSo()
    {
        AssemblyFacts facts = AssemblyReader.Read([]);

        Assert.Equal((FileKinds.Corrupt, "The file is empty.", 0L), (facts.Kind, facts.Problem, facts.FileBytes));
    }

    [Fact]
    public void Read_Text_IsCorrupt() =>
        Assert.Equal(FileKinds.Corrupt, AssemblyReader.Read("This is no image."u8.ToArray()).Kind);

    [Fact]
    public void Read_ImageCutAnywhere_IsCorruptAndNeverThrows()
    {
        byte[] image = Images.Managed(manifest: true, type: true);

        Assert.All(
            Enumerable.Range(0, image.Length),
            length => Assert.Equal(FileKinds.Corrupt, AssemblyReader.Read(image[..length]).Kind)
        );
    }

    [Fact]
    public void Read_NoFile_Throws() =>
        Assert.Throws<FileNotFoundException>(() => AssemblyReader.Read("/no-such-file.dll"));
}
