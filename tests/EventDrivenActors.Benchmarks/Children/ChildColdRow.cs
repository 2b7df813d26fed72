using System.Globalization;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary><c>Run</c> to the first result, in a process that has not had a child before.</summary>
internal sealed class ChildColdRow : IRow
{
    public string Name => "child-cold";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Contender? python = PythonPeer.Cold();
        Contender ours = new(
            "Run",
            async () =>
            {
                using PeerProcess parent = PeerProcess.Role(PeerRoles.ColdStart);
                return new Sample(
                    double.Parse(await parent.ReadAsync().ConfigureAwait(false), CultureInfo.InvariantCulture)
                );
            }
        );
        bool published = ColdStartMeasurement.IsPublished;
        Race race = new(
            published ? "child-cold (published)" : "child-cold (IL)",
            python is null ? [ours] : [ours, python],
            [
                Goal.Within(TimeSpan.FromMilliseconds(published ? 160 : 250)),
                .. python is null ? Array.Empty<Goal>() : [Goal.Faster(PythonPeer.Name, 1)],
            ]
        )
        {
            Absent = python is null ? [(PythonPeer.Name, PythonPeer.WhyAbsent)] : [],
        };
        foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
        {
            yield return line;
        }
    }
}
