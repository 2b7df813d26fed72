using System.Buffers;
using System.Text;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>Makes text that a child wrote harmless to logs and terminals.</summary>
internal static class PlainText
{
    private static readonly SearchValues<char> Controls =
        SearchValues.Create([.. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(code => char.IsControl(code) && code != '\t')]);

    /// <summary>One line: every control character but the tab is escaped.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Controls))
            return text;
        var builder = new StringBuilder(text.Length + 16);
        foreach (var character in text)
        {
            if (Controls.Contains(character))
                builder.Append("\\u").Append(((int)character).ToString("x4", null));
            else
                builder.Append(character);
        }
        return builder.ToString();
    }

    /// <summary>Lines that stay lines, each escaped.</summary>
    public static string EscapeLines(string text) => string.Join(Environment.NewLine, text.ReplaceLineEndings("\n").Split('\n').Select(Escape));
}
