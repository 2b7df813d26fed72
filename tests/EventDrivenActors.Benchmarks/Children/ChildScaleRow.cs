using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>Work of a processor over 1 and 2 children, against 1 and 2 threads.</summary>
internal sealed class ChildScaleRow : IRow
{
    public string Name => "child-scale";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        foreach (int children in new[] { 1, 2 })
        {
            EventRuntime runtime = EventRuntime.Create();
            await using (runtime.ConfigureAwait(false))
            {
                ControllerPool pool = runtime.CreatePool(children, options => options.AddSubprocess());
                pool.Run();
                Contender ours = Contender.Repeating(
                    "pool",
                    course,
                    n => Task.WhenAll(Enumerable.Range(0, n).Select(i => pool.Submit(Work.Crunch, i).AsTask())),
                    first: 50
                );
                Contender threads = Contender.Repeating(
                    "Parallel.ForEachAsync",
                    course,
                    n =>
                    {
                        // Where nobody looks at the results, the compiler leaves the work out.
                        int[] results = new int[n];
                        return Parallel.ForEachAsync(
                            Enumerable.Range(0, n),
                            new ParallelOptions { MaxDegreeOfParallelism = children },
                            (i, _) =>
                            {
                                results[i] = Work.Crunch(i);
                                return default;
                            }
                        );
                    },
                    first: 50
                );
                Race race = new(
                    $"child-scale ({children})",
                    [ours, threads],
                    Goal.AtMost("Parallel.ForEachAsync", 1.05)
                );
                foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
                {
                    yield return line;
                }
            }
        }
    }
}
