namespace EventDrivenActors.Samples.Tests;

/// <summary>A fenced block of a Markdown text.</summary>
/// <param name="Info">The info string behind the opening fence, such as <c>text output</c>.</param>
/// <param name="Lines">What is between the fences.</param>
/// <param name="LineNumber">The line of the opening fence, from 1.</param>
/// <param name="LineBefore">The last line before the fence that is not empty, or an empty string.</param>
internal sealed record FencedBlock(string Info, IReadOnlyList<string> Lines, int LineNumber, string LineBefore)
{
    private const string Fence = "```";

    /// <summary>The blocks of a text, in order; an unclosed one ends with the text.</summary>
    public static IReadOnlyList<FencedBlock> Read(string markdown)
    {
        string[] lines = markdown.ReplaceLineEndings("\n").Split('\n');
        List<FencedBlock> blocks = [];
        string before = "";
        for (int start = 0; start < lines.Length; start++)
        {
            string line = lines[start].Trim();
            if (!line.StartsWith(Fence, StringComparison.Ordinal))
            {
                before = line.Length > 0 ? line : before;
                continue;
            }

            int end = Array.FindIndex(lines, start + 1, candidate => candidate.Trim() == Fence);
            end = end < 0 ? lines.Length : end;
            blocks.Add(new FencedBlock(line[Fence.Length..].Trim(), lines[(start + 1)..end], start + 1, before));
            before = "";
            start = end;
        }

        return blocks;
    }
}
