using System.Diagnostics;
using System.Globalization;
using EventDrivenActors.Simulation.Running;

namespace EventDrivenActors.Simulation.Planted;

/// <summary>
/// Plants one fault after the other in a copy of the sources, and says after how many programs each is found.
/// </summary>
/// <param name="most">How many programs it may take.</param>
/// <param name="jobs">How many copies explore side by side.</param>
internal sealed class PlantedCommand(int most, int jobs)
{
    public const int MostPrograms = 20_000;

    private readonly HashSet<int> _brokenAnyway = [];

    /// <param name="names">Which patches, unmet ones too; all others where there are none.</param>
    /// <returns>0 where all were found.</returns>
    public int Run(IReadOnlyList<string> names)
    {
        Patch[] patches =
            names.Count == 0
                ? [.. Patch.All(SourceCopy.Patches)]
                :
                [
                    .. Patch
                        .All(SourceCopy.Patches)
                        .Concat(Patch.All(SourceCopy.UnmetPatches))
                        .Where(patch => names.Any(name => patch.Name.Contains(name, StringComparison.Ordinal))),
                ];
        Queue<Patch> queue = new(patches);
        List<Row> rows = [];
        Thread[] workers =
        [
            .. Enumerable
                .Range(0, Math.Clamp(jobs, 1, Math.Max(1, patches.Length)))
                .Select(_ => new Thread(() => Work(queue, rows))),
        ];
        Array.ForEach(workers, worker => worker.Start());
        Array.ForEach(workers, worker => worker.Join());
        Console.WriteLine("| Fault | Promise | Found after |");
        Console.WriteLine("|---|---|---|");
        foreach (Row row in rows.OrderBy(row => row.Patch.Name, StringComparer.Ordinal))
        {
            Console.WriteLine($"| {row.Patch.Name}: {row.Patch.Title} | {row.Promise} | {row.Found} |");
        }

        int found = rows.Count(row => row.IsFound);
        Console.WriteLine($"{rows.Count} planted: {found} found");
        return found == rows.Count ? 0 : 1;
    }

    private void Work(Queue<Patch> queue, List<Row> rows)
    {
        using SourceCopy copy = new();
        while (true)
        {
            Patch? patch;
            lock (queue)
            {
                if (!queue.TryDequeue(out patch))
                {
                    return;
                }
            }

            Row row = Plant(copy, patch);
            lock (rows)
            {
                rows.Add(row);
            }

            Console.WriteLine($"{row.Patch.Name}: {row.Promise} {row.Found}");
        }
    }

    private Row Plant(SourceCopy copy, Patch patch)
    {
        try
        {
            patch.Apply(copy.Folder);
            return copy.Build() is { } errors
                ? new Row(patch, "", $"does not build: {errors}", false)
                : Explore(copy, patch);
        }
        catch (InvalidDataException exception)
        {
            return new Row(patch, "", exception.Message, false);
        }
        finally
        {
            copy.Restore(patch.Files);
        }
    }

    private Row Explore(SourceCopy copy, Patch patch)
    {
        int ran = 0;
        while (ran < most)
        {
            string result = Path.Combine(copy.Folder, "result");
            string skip = Path.Combine(copy.Folder, "skip");
            File.Delete(result);
            File.WriteAllLines(skip, BrokenAnyway());
            using Process process = copy.Start(
                "explore",
                "--first",
                "--shrink",
                "0",
                "--from",
                Text(1 + ran),
                "--programs",
                Text(most - ran),
                "--result",
                result,
                "--skip",
                skip,
                "--failures",
                Path.Combine(copy.Folder, "failures")
            );
            string said = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            JobResult job = JobResult.Read(result);
            ran += job.Programs;
            if (job.Broken == 0)
            {
                break;
            }

            if (job.Promise == Trial.OwnPromise && job.Programs == 0)
            {
                string? last = said.Split('\n')
                    .LastOrDefault(line => line.Contains("BROKEN", StringComparison.Ordinal));
                return new Row(patch, job.Promise, $"the process ends: {last}", true);
            }

            // A program that also breaks without the fault proves nothing.
            if (!IsBrokenAnyway(job.Seed))
            {
                return new Row(patch, job.Promise, $"{ran} programs", true);
            }
        }

        return new Row(patch, "", $"not found in {ran} programs", false);
    }

    private bool IsBrokenAnyway(int seed)
    {
        // The simulated world has one thread, and one program at a time.
        lock (_brokenAnyway)
        {
            bool isBroken = Trial.Of(seed).IsBroken;
            if (isBroken)
            {
                _brokenAnyway.Add(seed);
            }

            return isBroken;
        }
    }

    private string[] BrokenAnyway()
    {
        lock (_brokenAnyway)
        {
            return [.. _brokenAnyway.Select(Text)];
        }
    }

    private static readonly Func<int, string> Text = number => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Row(Patch Patch, string Promise, string Found, bool IsFound);
}
