using EventDrivenActors.Simulation.Planted;

namespace EventDrivenActors.Simulation.Tests.Planted;

public class PatchTests
{
    private const string Text = """
        Something is forgotten.
        diff --git a/src/File.cs b/src/File.cs
        --- a/src/File.cs
        +++ b/src/File.cs
        @@ -2,3 +2,3 @@ class
         two
        -three
        +drei
         four
        """;

    [Fact]
    public void Apply_LinesHaveMoved_ChangesThem()
    {
        Assert.Equal(
            [("src/File.cs", "zero\none\ntwo\ndrei\nfour\n")],
            Patch().Changed(_ => "zero\none\ntwo\nthree\nfour\n")
        );
    }

    [Fact]
    public void Apply_LinesAreGone_Throws()
    {
        Assert.Throws<InvalidDataException>(() => Patch().Changed(_ => "one\ntwo\n3\nfour\n").ToArray());
    }

    [Fact]
    public void Read_LinesAboveTheFirstFile_AreItsTitle() => Assert.Equal("Something is forgotten.", Patch().Title);

    [Fact]
    public void All_InTheRepository_StillApply()
    {
        Patch[] all =
        [
            .. Simulation.Planted.Patch.All(SourceCopy.Patches),
            .. Simulation.Planted.Patch.All(SourceCopy.UnmetPatches),
        ];

        Assert.True(all.Length >= 12, $"There are {all.Length} patches.");

        Assert.All(
            all,
            patch =>
            {
                Assert.NotEmpty(patch.Title);
                Assert.All(
                    patch.Changed(file => File.ReadAllText(Path.Combine(SourceCopy.Root, file))).ToArray(),
                    changed =>
                        Assert.NotEqual(File.ReadAllText(Path.Combine(SourceCopy.Root, changed.File)), changed.Text)
                );
            }
        );
    }

    private static Patch Patch()
    {
        string file = Path.GetTempFileName();
        try
        {
            File.WriteAllText(file, Text);
            return Simulation.Planted.Patch.Read(file);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
