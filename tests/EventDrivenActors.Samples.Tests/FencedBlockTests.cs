namespace EventDrivenActors.Samples.Tests;

public class FencedBlockTests
{
    [Fact]
    public void Read_TextWithBlocks_GivesEachWithWhatStandsBefore()
    {
        IReadOnlyList<FencedBlock> blocks = FencedBlock.Read(
            "# Title\n\n<!-- snippet: A.cs -->\n\n```csharp\nint a;\n\n```\n```text output\n1\n```\nend\n"
        );

        Assert.Equal(["csharp", "text output"], blocks.Select(block => block.Info));
        Assert.Equal(["int a;", ""], blocks[0].Lines);
        Assert.Equal(["<!-- snippet: A.cs -->", ""], blocks.Select(block => block.LineBefore));
        Assert.Equal([5, 9], blocks.Select(block => block.LineNumber));
    }

    [Fact]
    public void Read_UnclosedBlock_EndsWithTheText() =>
        Assert.Equal(["a", "b"], Assert.Single(FencedBlock.Read("```\na\nb")).Lines);
}
