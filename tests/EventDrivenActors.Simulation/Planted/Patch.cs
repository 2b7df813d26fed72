using System.Globalization;
using System.Text.RegularExpressions;

namespace EventDrivenActors.Simulation.Planted;

/// <summary>
/// A patch in the form of <c>git diff</c>. It applies where the lines that it takes away stand exactly once near the
/// place that it names, whatever moved since.
/// </summary>
internal sealed partial class Patch
{
    private readonly List<Hunk> _hunks;

    private Patch(string name, string title, List<Hunk> hunks) => (Name, Title, _hunks) = (name, title, hunks);

    /// <summary>The file's name without its ending.</summary>
    public string Name { get; }

    /// <summary>The description of the fault: the lines above the first file.</summary>
    public string Title { get; }

    /// <summary>The files that it changes, relative to the repository.</summary>
    public IEnumerable<string> Files => _hunks.Select(hunk => hunk.File).Distinct();

    public static Patch Read(string path)
    {
        List<Hunk> hunks = [];
        List<string> title = [];
        string file = "";
        foreach (string line in File.ReadAllLines(path))
        {
            if (line.StartsWith("+++ b/", StringComparison.Ordinal))
            {
                file = line["+++ b/".Length..].TrimEnd();
            }
            else if (HunkHead().Match(line) is { Success: true } head)
            {
                hunks.Add(new Hunk(file, int.Parse(head.Groups[1].ValueSpan, CultureInfo.InvariantCulture) - 1, []));
            }
            else if (
                hunks.Count > 0
                && line is not []
                && line[0] is ' ' or '+' or '-'
                && !line.StartsWith("--- a/", StringComparison.Ordinal)
            )
            {
                hunks[^1].Lines.Add(line);
            }
            else if (hunks.Count > 0 && line.Length == 0)
            {
                hunks[^1].Lines.Add(" ");
            }
            else if (
                hunks.Count == 0
                && !line.StartsWith("diff ", StringComparison.Ordinal)
                && !line.StartsWith("index ", StringComparison.Ordinal)
                && !line.StartsWith("--- ", StringComparison.Ordinal)
            )
            {
                title.Add(line.Trim());
            }
        }

        return new Patch(Path.GetFileNameWithoutExtension(path), string.Join(' ', title).Trim(), hunks);
    }

    /// <summary>All patches of a folder, in the order of their names.</summary>
    public static IReadOnlyList<Patch> All(string folder) =>
        [.. Directory.GetFiles(folder, "*.patch").Order(StringComparer.Ordinal).Select(Read)];

    /// <summary>Applies it to the files under a folder.</summary>
    /// <exception cref="InvalidDataException">A hunk does not fit.</exception>
    public void Apply(string root)
    {
        foreach ((string file, string text) in Changed(path => File.ReadAllText(Path.Combine(root, path))))
        {
            File.WriteAllText(Path.Combine(root, file), text);
        }
    }

    /// <summary>The files as they would be.</summary>
    /// <exception cref="InvalidDataException">A hunk does not fit.</exception>
    public IEnumerable<(string File, string Text)> Changed(Func<string, string> read)
    {
        foreach (IGrouping<string, Hunk> hunks in _hunks.GroupBy(hunk => hunk.File))
        {
            List<string> lines = [.. read(hunks.Key).Split('\n')];
            int moved = 0;
            foreach (Hunk hunk in hunks)
            {
                moved += hunk.Apply(lines, moved);
            }

            yield return (hunks.Key, string.Join('\n', lines));
        }
    }

    [GeneratedRegex(@"^@@ -(\d+)(?:,\d+)? \+\d+(?:,\d+)? @@")]
    private static partial Regex HunkHead();

    private sealed record Hunk(string File, int At, List<string> Lines)
    {
        /// <returns>By how many lines the following lines have moved.</returns>
        public int Apply(List<string> text, int moved)
        {
            string[] before = [.. Lines.Where(line => line[0] != '+').Select(line => line[1..])];
            string[] after = [.. Lines.Where(line => line[0] != '-').Select(line => line[1..])];
            int[] places =
            [
                .. Enumerable
                    .Range(0, Math.Max(0, text.Count - before.Length + 1))
                    .Where(at => Stands(text, at, before))
                    .OrderBy(at => Math.Abs(at - At - moved)),
            ];
            if (places.Length == 0)
            {
                throw new InvalidDataException(
                    $"The lines that the patch changes near line {At + 1} of {File} are not there any more."
                );
            }

            text.RemoveRange(places[0], before.Length);
            text.InsertRange(places[0], after);
            return places[0] - At - moved + after.Length - before.Length;
        }

        private static bool Stands(List<string> text, int at, string[] lines)
        {
            for (int i = 0; i < lines.Length; i++)
            {
                if (text[at + i].TrimEnd('\r') != lines[i])
                {
                    return false;
                }
            }

            return true;
        }
    }
}
