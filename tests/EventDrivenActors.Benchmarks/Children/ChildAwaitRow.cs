using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A submitted <c>static int Add(int, int)</c>, one child, one worker, some in flight.</summary>
internal abstract class ChildAwaitRow(string name, int inFlight) : IRow
{
    public string Name => name;

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Course warmer = ChildStage.Warmer(course);
        ChildStage stage = await ChildStage.SetUpAsync().ConfigureAwait(false);
        await using (stage.ConfigureAwait(false))
        {
            Contender?[] contenders =
            [
                Ring.Of("Submit", warmer, inFlight, i => stage.Controller.Submit(Work.Add, i, 1)),
                stage.Python?.Add(warmer, inFlight),
                Ring.Of("StreamJsonRpc", warmer, inFlight, i => stage.JsonRpc.Work.AddAsync(i, 1)),
                .. Others(stage, warmer),
            ];
            Race race = new(
                Name,
                [.. contenders.OfType<Contender>()],
                [.. Goals.Where(goal => goal.Against != PythonPeer.Name || stage.Python is not null)]
            )
            {
                Absent = stage.Absent,
            };
            foreach (RatioLine line in await warmer.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }

    protected abstract IReadOnlyList<Goal> Goals { get; }

    protected abstract IEnumerable<Contender> Others(ChildStage stage, Course course);
}
