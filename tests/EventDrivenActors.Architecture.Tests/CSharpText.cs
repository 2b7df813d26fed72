using System.Text.RegularExpressions;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>Reads C# as text: good enough for one house style, with no compiler at hand.</summary>
internal static partial class CSharpText
{
    private static readonly HashSet<string> BeforeType =
    [
        "abstract",
        "and",
        "as",
        "async",
        "await",
        "case",
        "const",
        "delegate",
        "do",
        "else",
        "event",
        "explicit",
        "extern",
        "file",
        "fixed",
        "global",
        "implicit",
        "in",
        "internal",
        "is",
        "new",
        "not",
        "operator",
        "or",
        "out",
        "override",
        "params",
        "partial",
        "private",
        "protected",
        "public",
        "readonly",
        "ref",
        "required",
        "return",
        "scoped",
        "sealed",
        "static",
        "this",
        "throw",
        "unsafe",
        "using",
        "virtual",
        "volatile",
        "when",
        "where",
        "yield",
    ];

    /// <summary>The code without comments, literals and the members of enums.</summary>
    public static string Strip(string source) => EnumBody().Replace(CommentOrLiteral().Replace(source, " "), "$1 { }");

    /// <summary>The contents of the ordinary string literals, comments left out.</summary>
    public static IEnumerable<string> StringLiterals(string source) =>
        CommentOrLiteral()
            .Matches(source)
            .Select(match => match.Groups["text"])
            .Where(group => group.Success)
            .Select(group => group.Value);

    /// <summary>Names of the types declared at the outer level.</summary>
    public static IReadOnlyList<(string Name, bool IsPublic)> Declarations(string code) =>
        Declaration()
            .Matches(code)
            .Select(match => (match.Groups["name"].Value, match.Groups["modifiers"].Value.Contains("public ")))
            .ToList();

    /// <summary>
    /// The capitalised names that may be types: not those after a dot, not called methods, not the names of members,
    /// and no name that the file itself gives to a member.
    /// </summary>
    /// <param name="code">The code, stripped.</param>
    /// <param name="ofMembersToo">Whether a name counts that is also one of a member.</param>
    public static IReadOnlySet<string> TypeNames(string code, bool ofMembersToo = false)
    {
        HashSet<string> used = [];
        HashSet<string> members = [];
        foreach (Match match in Capitalised().Matches(code))
        {
            int before = match.Index - 1;
            while (before >= 0 && char.IsWhiteSpace(code[before]))
            {
                before--;
            }

            if (before >= 0 && code[before] == '.')
            {
                continue;
            }

            if (before < match.Index - 1 && EndsType(code, before))
            {
                members.Add(match.Value);
            }
            else if (!IsMemberUse(code, before, match.Index + match.Length))
            {
                used.Add(match.Value);
            }
        }

        if (!ofMembersToo)
        {
            used.ExceptWith(members);
        }

        return used;
    }

    private static bool EndsType(string code, int end)
    {
        if (end < 1)
        {
            return false;
        }

        switch (code[end])
        {
            case '>':
            case '?':
                return char.IsLetterOrDigit(code[end - 1]) || code[end - 1] is '>' or ']' or '?' or ')';
            case ']':
                return code[end - 1] is '[' or ',';
            default:
                string word = WordEndingAt(code, end);
                return word.Length > 0 && !BeforeType.Contains(word);
        }
    }

    private static bool IsMemberUse(string code, int before, int after)
    {
        while (after < code.Length && char.IsWhiteSpace(code[after]))
        {
            after++;
        }

        char next = after < code.Length ? code[after] : '\0';
        char second = after + 1 < code.Length ? code[after + 1] : '\0';
        char previous = before >= 0 ? code[before] : '\0';
        return next switch
        {
            '=' => second is not ('=' or '>'),
            ':' => second != ':' && previous is '{' or ',' or '(',
            '(' => previous is not (':' or ',' or '[') && WordEndingAt(code, before) != "new",
            _ => false,
        };
    }

    private static string WordEndingAt(string code, int end)
    {
        int start = end;
        while (start >= 0 && (char.IsLetterOrDigit(code[start]) || code[start] == '_'))
        {
            start--;
        }

        return code[(start + 1)..(end + 1)];
    }

    [GeneratedRegex(
        """
            //[^\n]* | /\*.*?\*/
            | \$*(?<raw>"{3,}).*?\k<raw>
            | \$?@\$?"(?:""|[^"])*"
            | \$?"(?<text>(?:\\.|[^"\\\n])*)"
            | '(?:\\.[^']*|[^'\\])'
            """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace
    )]
    private static partial Regex CommentOrLiteral();

    [GeneratedRegex(@"(\benum\s+\w+[^{;]*)\{[^}]*\}")]
    private static partial Regex EnumBody();

    [GeneratedRegex(
        @"^(?<modifiers>(?:[a-z]+ )*?)(?:(?:class|interface|enum|struct|record(?: class| struct)?) +(?<name>[A-Z]\w*)|"
            + @"delegate [^(;]*?\b(?<name>[A-Z]\w*)(?:<[^>]*>)?\s*\()",
        RegexOptions.Multiline
    )]
    private static partial Regex Declaration();

    [GeneratedRegex(@"(?<![\w@])[A-Z]\w*")]
    private static partial Regex Capitalised();
}
