using System.Globalization;

namespace EventDrivenActors.TestKit.Simulating;

/// <summary>The decisions of a seed that apply in a run.</summary>
/// <param name="Seed">The seed.</param>
/// <param name="Faults">The numbers of the faults that happen; null for all.</param>
/// <param name="Turns">
/// The numbers of the steps at which the seed chooses the next action; null for all. At the others the first action in
/// the queue runs.
/// </param>
/// <param name="Pieces">Whether bytes may arrive in pieces, as the seed chooses.</param>
internal sealed record SimulationCase(
    int Seed,
    IReadOnlyList<int>? Faults = null,
    IReadOnlyList<int>? Turns = null,
    bool Pieces = true
)
{
    private const string NoPieces = "no pieces";

    /// <summary>Reads the text that <see cref="ToString"/> has written.</summary>
    /// <exception cref="ArgumentException">The text is something else.</exception>
    public static SimulationCase Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] parts = text.Split(':', 2, StringSplitOptions.TrimEntries);
        string[] rest = parts.Length == 1 ? [] : parts[1].Split(',', StringSplitOptions.TrimEntries);
        if (!int.TryParse(parts[0], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int seed))
        {
            throw Unreadable(text);
        }

        SimulationCase read = new(seed);
        foreach (string part in rest)
        {
            string[] words = part.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            read = words switch
            {
                ["no", "pieces"] => read with { Pieces = false },
                ["no", "faults"] => read with { Faults = [] },
                ["no", "turns"] => read with { Turns = [] },
                ["faults", .. string[] numbers] => read with { Faults = Numbers(numbers, text) },
                ["turns", .. string[] numbers] => read with { Turns = Numbers(numbers, text) },
                _ => throw Unreadable(text),
            };
        }

        return read;
    }

    public override string ToString()
    {
        string[] parts =
        [
            .. new[] { Part("faults", Faults), Part("turns", Turns), Pieces ? "" : NoPieces }.Where(part =>
                part.Length > 0
            ),
        ];
        return parts.Length == 0
            ? string.Create(CultureInfo.InvariantCulture, $"{Seed}")
            : string.Create(CultureInfo.InvariantCulture, $"{Seed}: {string.Join(", ", parts)}");
    }

    private static string Part(string name, IReadOnlyList<int>? numbers) =>
        numbers is null ? ""
        : numbers.Count == 0 ? $"no {name}"
        : $"{name} {string.Join(' ', numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))}";

    private static int[] Numbers(string[] words, string text) =>
        [
            .. words.Select(word =>
                int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                    ? number
                    : throw Unreadable(text)
            ),
        ];

    private static ArgumentException Unreadable(string text) =>
        new(
            $"'{text}' names no run of a simulation; pass "
                + $"{nameof(SimulationException)}.{nameof(SimulationException.Replay)}, such as \"7: faults 2 5, no "
                + "turns\", or a seed such as \"7\"."
        );
}
