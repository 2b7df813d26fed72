namespace EventDrivenActors.Samples.Tests;

/// <summary>What a compiled file offers to a document: the lines between its snippet marks.</summary>
internal static class Snippet
{
    private const string Begin = "// <snippet>";
    private const string End = "// </snippet>";

    /// <summary>The marked regions without their common indentation, an empty line between two regions.</summary>
    public static IReadOnlyList<string> Read(string source)
    {
        List<string> result = [];
        List<string>? region = null;
        foreach (string line in source.ReplaceLineEndings("\n").Split('\n'))
        {
            if (line.Trim() == Begin)
            {
                region = [];
            }
            else if (line.Trim() == End)
            {
                result.AddRange(result.Count > 0 ? [""] : []);
                result.AddRange(Unindent(region ?? []));
                region = null;
            }
            else
            {
                region?.Add(line.TrimEnd());
            }
        }

        return result;
    }

    private static IEnumerable<string> Unindent(List<string> lines)
    {
        int indent = lines
            .Where(line => line.Length > 0)
            .Select(line => line.Length - line.TrimStart().Length)
            .DefaultIfEmpty(0)
            .Min();
        return lines.Select(line => line.Length > 0 ? line[indent..] : line);
    }
}
