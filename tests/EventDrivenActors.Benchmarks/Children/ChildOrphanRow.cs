using System.Globalization;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>SIGKILL of the parent to the child's end.</summary>
internal sealed class ChildOrphanRow : IRow
{
    public string Name => "child-orphan";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        if (!OperatingSystem.IsLinux())
        {
            yield return new RatioLine(Name, "-", "time", "-", "<= 100 ms", null);
            yield break;
        }

        Contender ours = new(
            "SIGKILL",
            async () =>
            {
                using PeerProcess parent = PeerProcess.Role(PeerRoles.Parent);
                int child = int.Parse(await parent.ReadAsync().ConfigureAwait(false), CultureInfo.InvariantCulture);
                long started = TimeProvider.System.GetTimestamp();
                parent.Kill();
                while (IsAlive(child))
                {
                    await Task.Delay(1).ConfigureAwait(false);
                }

                return new Sample(TimeProvider.System.GetElapsedTime(started).TotalNanoseconds);
            }
        );
        foreach (
            RatioLine line in await course
                .RunAsync(new Race(Name, [ours], Goal.Within(TimeSpan.FromMilliseconds(100))))
                .ConfigureAwait(false)
        )
        {
            yield return line;
        }
    }

    /// <summary>A process that nobody has waited for is listed as a zombie, and gone all the same.</summary>
    private static bool IsAlive(int process)
    {
        try
        {
            string state = File.ReadAllText($"/proc/{process}/stat");
            return state[state.LastIndexOf(')') + 2] != 'Z';
        }
        catch (IOException)
        {
            return false;
        }
    }
}
