using System.Globalization;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.Scale;

/// <summary>Measures the cost of a unit as the work grows, and says how the whole grows with it.</summary>
internal static class ScaleRun
{
    private const int Rounds = 3;

    public static readonly ScaleRow[] Rows = [.. LoopScales.Rows, .. ChildScales.Rows];

    public static async Task RunAsync(string[] only)
    {
        Console.WriteLine("name | grows | a unit | cost of a unit | growth of the whole");
        Console.WriteLine("---|---|---|---|---");
        foreach (ScaleRow row in Rows.Where(row => only.Length == 0 || only.Contains(row.Name)))
        {
            // Warms up.
            await row.Measure(row.Sizes[0]).ConfigureAwait(false);
            List<double> costs = [];
            foreach (int size in row.Sizes)
            {
                List<double> rounds = [];
                for (int round = 0; round < Rounds; round++)
                {
                    rounds.Add(await row.Measure(size).ConfigureAwait(false));
                    GC.Collect();
                }

                costs.Add(rounds.Order().ElementAt(Rounds / 2));
            }

            IEnumerable<string> cells = row.Sizes.Zip(
                costs,
                (size, cost) => string.Create(CultureInfo.InvariantCulture, $"{size:N0}: {Units.Time(cost)}")
            );
            Console.WriteLine(
                $"{row.Name} | {row.Grows} | {row.Unit} | {string.Join(", ", cells)} | {Growth(row.Sizes, costs)}"
            );
        }
    }

    /// <summary>
    /// By the slope of the logarithms between the middle and the end, where what is fixed no longer counts.
    /// </summary>
    private static string Growth(int[] sizes, List<double> costs)
    {
        int middle = sizes.Length / 2;
        double slope = Math.Log(costs[^1] / costs[middle]) / Math.Log((double)sizes[^1] / sizes[middle]);
        string exponent = (1 + slope).ToString("0.00", CultureInfo.InvariantCulture);
        return Math.Abs(slope) <= 0.15 ? $"linear: a unit is constant (n^{exponent})"
            : slope < 0 ? $"less than linear (n^{exponent})"
            : $"more than linear (n^{exponent})";
    }
}
