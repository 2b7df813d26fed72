using System.Text;
using System.Text.RegularExpressions;

namespace EventDrivenActors.Samples.Tests;

/// <summary>
/// Compares a program's output with the block of its README, line by line. <c>{pid}</c> and <c>{pid:name}</c> stand for
/// digits, any other <c>{name}</c> for any text that is not empty. A placeholder stands for one text throughout;
/// different <c>{pid…}</c> stand for different texts.
/// </summary>
internal sealed partial class OutputMatcher
{
    private readonly Dictionary<string, string> _bound = [];

    /// <summary>The difference, readable, or <see langword="null"/> when the output is as expected.</summary>
    public static string? Difference(IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        OutputMatcher matcher = new();
        for (int line = 0; line < Math.Max(expected.Count, actual.Count); line++)
        {
            string? reason =
                line >= expected.Count ? "the README ends here"
                : line >= actual.Count ? "the output ends here"
                : matcher.Mismatch(expected[line], actual[line]);
            if (reason is not null)
            {
                return matcher.Describe(expected, actual, line, reason);
            }
        }

        return null;
    }

    private static bool IsPid(string placeholder) =>
        placeholder == "pid" || placeholder.StartsWith("pid:", StringComparison.Ordinal);

    private string? Mismatch(string expected, string actual)
    {
        List<string> groups = [];
        Match match = Regex.Match(actual, $"^{Pattern(expected, groups)}$", RegexOptions.Singleline);
        if (!match.Success)
        {
            return "the lines differ";
        }

        for (int group = 0; group < groups.Count; group++)
        {
            string name = groups[group];
            string text = match.Groups[group + 1].Value;
            if (IsPid(name) && _bound.FirstOrDefault(pair => IsPid(pair.Key) && pair.Value == text).Key is { } other)
            {
                return $"{{{name}}} and {{{other}}} are both '{text}', and must differ";
            }

            _bound.Add(name, text);
        }

        return null;
    }

    private string Pattern(string expected, List<string> groups)
    {
        StringBuilder pattern = new();
        int end = 0;
        foreach (Match match in Placeholder().Matches(expected))
        {
            string name = match.Groups[1].Value;
            pattern.Append(Regex.Escape(expected[end..match.Index]));
            end = match.Index + match.Length;
            if (_bound.TryGetValue(name, out string? text))
            {
                pattern.Append(Regex.Escape(text));
            }
            else if (groups.IndexOf(name) is >= 0 and int group)
            {
                pattern.Append($@"(?:\{group + 1})");
            }
            else
            {
                groups.Add(name);
                pattern.Append(IsPid(name) ? @"(\d+)" : "(.+?)");
            }
        }

        return pattern.Append(Regex.Escape(expected[end..])).ToString();
    }

    private string Describe(IReadOnlyList<string> expected, IReadOnlyList<string> actual, int at, string reason)
    {
        StringBuilder text = new($"Line {at + 1}: {reason}.{Environment.NewLine}");
        foreach (string line in actual.Take(at).TakeLast(5))
        {
            text.AppendLine($"    {line}");
        }

        foreach (string line in expected.Skip(at).Take(10))
        {
            text.AppendLine($"  - {line}");
        }

        foreach (string line in actual.Skip(at).Take(10))
        {
            text.AppendLine($"  + {line}");
        }

        text.AppendLine("(- the README, + the output, ten lines of each)");
        foreach ((string name, string value) in _bound)
        {
            text.AppendLine($"{{{name}}} is '{value}'");
        }

        return text.ToString();
    }

    [GeneratedRegex(@"\{([a-z][a-z0-9-]*(?::[a-z0-9-]+)?)\}")]
    private static partial Regex Placeholder();
}
