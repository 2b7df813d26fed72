using System.Buffers;
using System.Text;

namespace EventDrivenActors.Diagnostics;

/// <summary>Makes foreign text harmless to logs and terminals. Every package that logs has a copy of its own.</summary>
internal static class PlainText
{
    /// <summary>
    /// Control characters but the tab, ends of lines and paragraphs, marks that change the direction of what follows,
    /// and the byte order mark.
    /// </summary>
    private static readonly SearchValues<char> Harmful = SearchValues.Create([
        .. Enumerable.Range(0, 0xa0).Select(code => (char)code).Where(code => char.IsControl(code) && code != '\t'),
        .. "\u061c\u200e\u200f\u2028\u2029\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff",
    ]);

    /// <summary>One line without harmful characters, each of which becomes its number.</summary>
    public static string Escape(string text)
    {
        if (!text.AsSpan().ContainsAny(Harmful))
        {
            return text;
        }

        StringBuilder builder = new(text.Length + 16);
        foreach (char character in text)
        {
            if (Harmful.Contains(character))
            {
                builder.Append("\\u").Append(((int)character).ToString("x4", null));
            }
            else
            {
                builder.Append(character);
            }
        }

        return builder.ToString();
    }

    /// <summary>Lines that stay lines, each escaped.</summary>
    public static string EscapeLines(string text) =>
        string.Join(
            Environment.NewLine,
            text.Replace("\r\n", "\n", StringComparison.Ordinal).Split('\n').Select(Escape)
        );

    /// <summary>The text of an object, escaped; its type, if that throws.</summary>
    public static string Of(object value)
    {
        try
        {
            return Escape(value.ToString() ?? "");
        }
        catch (Exception)
        {
            return Escape(value.GetType().ToString());
        }
    }

    /// <summary>An exception that a log may print: the same one, unless its text has harmful characters.</summary>
    public static Exception Cause(Exception exception)
    {
        string text = exception.ToString();
        string escaped = EscapeLines(text);
        return escaped.ReplaceLineEndings("\n") == text.Replace("\r\n", "\n", StringComparison.Ordinal)
            ? exception
            : new EscapedException(Escape(exception.Message), escaped);
    }

    private sealed class EscapedException(string message, string text) : Exception(message)
    {
        public override string ToString() => text;
    }
}
