using System.Text.Json;

namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>Runs the rows and prints a line for each goal.</summary>
internal static class RatioRun
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    public static async Task RunAsync(RatioOptions options, IReadOnlyList<IRow> rows)
    {
        Console.WriteLine("name | ours | peer | ratio | goal | met");
        Console.WriteLine("---|---|---|---|---|---");
        List<RatioLine> lines = [];
        Course course = options.Quick ? Course.Quick : Course.Full;
        foreach (IRow row in rows.Where(row => options.Only.Count == 0 || options.Only.Contains(row.Name)))
        {
            await foreach (RatioLine line in row.RunAsync(course).ConfigureAwait(false))
            {
                Console.WriteLine(line);
                lines.Add(line);
            }
        }

        if (options.Json is { } file)
        {
            await File.WriteAllTextAsync(file, JsonSerializer.Serialize(lines, Indented)).ConfigureAwait(false);
        }

        Console.WriteLine();
        Console.WriteLine(
            $"{lines.Count(line => line.Met == true)} of {lines.Count(line => line.Met is not null)} goals met"
        );
    }
}
