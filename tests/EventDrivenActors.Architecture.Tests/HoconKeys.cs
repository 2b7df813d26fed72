using System.Text.RegularExpressions;
using Akka.Configuration;
using Akka.Configuration.Hocon;

namespace EventDrivenActors.Architecture.Tests;

/// <summary>The keys of one HOCON file against the string literals of the settings class that reads it.</summary>
internal sealed partial class HoconKeys
{
    private const string Ours = "event-driven-actors";
    private static readonly string[] Words = ["off", "on", "true", "false", "null", "infinite", "unbounded"];

    private readonly List<string> _leaves = [];
    private readonly List<string> _sections = [];
    private readonly string _file;

    public HoconKeys(string file, string text)
    {
        _file = file;
        Config config = ConfigurationFactory.ParseString(text);
        if (!config.IsEmpty)
        {
            Walk(config.Root, "");
        }
    }

    /// <summary>
    /// What is under our own root; the rest of the file is read by Akka.NET itself. Of a section that holds settings
    /// for Akka.NET, under a key <c>akka</c>, the section is the leaf.
    /// </summary>
    public IReadOnlyList<string> Leaves => _leaves;

    public IEnumerable<string> Unread(IReadOnlyCollection<string> sources)
    {
        string[] literals = sources.SelectMany(CSharpText.StringLiterals).ToArray();
        return _leaves
            .Where(key => !literals.Any(literal => Names(literal, key)))
            .Select(key => $"{_file} has the key '{key}', which no settings class of its package reads.");
    }

    public IEnumerable<string> Missing(IReadOnlyCollection<string> sources) =>
        sources
            .SelectMany(CSharpText.StringLiterals)
            .Where(literal => KeyLike().IsMatch(literal) && !Words.Contains(literal))
            .Where(literal => !_leaves.Concat(_sections).Any(key => Names(literal, key)))
            .Distinct()
            .Select(literal => $"A settings class reads '{literal}', which is not in {_file}.");

    private static bool Names(string literal, string key) =>
        literal.Length > 0 && (key == literal || key.EndsWith("." + literal, StringComparison.Ordinal));

    private void Walk(HoconValue value, string path)
    {
        if (!value.IsObject())
        {
            _leaves.Add(path);
            return;
        }

        if (path.Length > 0)
        {
            _sections.Add(path);
        }

        foreach ((string key, HoconValue item) in value.GetObject().Items)
        {
            if (path.Length > 0 && key == "akka")
            {
                _leaves.Add(path);
            }
            else if (path.Length > 0 || key == Ours)
            {
                Walk(item, path.Length == 0 ? key : $"{path}.{key}");
            }
        }
    }

    [GeneratedRegex(@"^[a-z][a-z0-9]*(?:[-.][a-z0-9]+)*$")]
    private static partial Regex KeyLike();
}
