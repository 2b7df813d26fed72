using System.Security.Cryptography;
using System.Text;

namespace EventDrivenActors.Simulation.Running;

/// <summary>Runs each seed twice, and compares their notes byte for byte.</summary>
internal static class SameRuns
{
    /// <param name="seeds">Which seeds.</param>
    /// <param name="folder">Where each trace is written, to compare processes; null for nowhere.</param>
    /// <returns>0 where all are the same.</returns>
    public static int Run(SeedRange seeds, string? folder = null)
    {
        Watchdog watchdog = new();
        int different = 0;
        using IncrementalHash all = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (int seed in seeds.Share(0, 1))
        {
            watchdog.Feed($"the program of seed {seed}");
            string first = Trial.Of(seed).Trace;
            string second = Trial.Of(seed).Trace;
            if (folder is not null)
            {
                File.WriteAllText(Path.Combine(Directory.CreateDirectory(folder).FullName, $"{seed}"), first);
            }

            all.AppendData(Encoding.UTF8.GetBytes(first));
            if (first != second)
            {
                different++;
                Console.WriteLine($"DIFFERENT: seed {seed}{Difference(first.Split('\n'), second.Split('\n'))}");
            }
        }

        Console.WriteLine(
            $"{seeds.Count} seeds twice: {different} different; all traces: "
                + $"{Convert.ToHexString(all.GetHashAndReset().AsSpan(0, 8))}"
        );
        return different == 0 ? 0 : 1;
    }

    private static string Difference(string[] first, string[] second)
    {
        int at = first.Zip(second).TakeWhile(pair => pair.First == pair.Second).Count();
        return $"\n  first:  {first.ElementAtOrDefault(at)}\n  second: {second.ElementAtOrDefault(at)}";
    }
}
