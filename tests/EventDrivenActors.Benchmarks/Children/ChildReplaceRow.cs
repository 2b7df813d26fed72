using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A killed child with a warm spare behind it, to the spare's first result.</summary>
internal sealed class ChildReplaceRow : IRow
{
    public string Name => "child-replace";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        EventRuntime runtime = Quiet.Runtime();
        await using (runtime.ConfigureAwait(false))
        {
            SubprocessAdapter child = null!;
            Controller controller = runtime.CreateController(options =>
                child = options.AddSubprocess(s =>
                {
                    s.WarmSpare = true;
                    s.Restart.MinDelay = TimeSpan.FromMilliseconds(1);
                    s.Restart.MaxRestarts = int.MaxValue;
                })
            );
            controller.Run();
            Contender ours = new(
                "Kill",
                async () =>
                {
                    await controller.Submit(Work.Add, 1, 1);
                    while (child.SpareProcessId is null)
                    {
                        await Task.Delay(10).ConfigureAwait(false);
                    }

                    long started = TimeProvider.System.GetTimestamp();
                    child.Kill();

                    // What was sent before the death was noticed is lost with the child; the first result is the next
                    // one's.
                    while (
                        await controller.Submit(Work.Add, 1, 1).SettledAsync().ConfigureAwait(false)
                        != PendingStatus.Completed
                    ) { }

                    return new Sample(TimeProvider.System.GetElapsedTime(started).TotalNanoseconds);
                }
            );
            foreach (
                RatioLine line in await course
                    .RunAsync(new Race(Name, [ours], Goal.Within(TimeSpan.FromMilliseconds(10))))
                    .ConfigureAwait(false)
            )
            {
                yield return line;
            }
        }
    }
}
