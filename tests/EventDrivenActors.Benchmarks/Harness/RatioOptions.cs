using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>What the command line asks for.</summary>
internal sealed record RatioOptions(IReadOnlyList<string> Only, bool Quick, string? Json)
{
    public static bool TryParse(string[] args, IReadOnlyList<IRow> rows, [NotNullWhen(true)] out RatioOptions? options)
    {
        options = new RatioOptions([], false, null);
        for (int i = 0; i < args.Length; i++)
        {
            switch (args[i])
            {
                case "--quick":
                    options = options with { Quick = true };
                    break;
                case "--only" when i + 1 < args.Length && rows.Any(row => row.Name == args[i + 1]):
                    options = options with { Only = [.. options.Only, args[++i]] };
                    break;
                case "--json" when i + 1 < args.Length:
                    options = options with { Json = args[++i] };
                    break;
                default:
                    options = null;
                    return false;
            }
        }

        return true;
    }

    public static string Usage(IReadOnlyList<IRow> rows) =>
        $"""
            ratios [--only NAME]... [--quick] [--json FILE]   each row against its peers and goals
            Rows: {string.Join(", ", rows.Select(row => row.Name))}
            """;
}
