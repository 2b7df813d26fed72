using EventDrivenActors.Benchmarks.Children;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.InProcess;
using EventDrivenActors.Benchmarks.PeerProcesses;
using EventDrivenActors.Benchmarks.Scale;

namespace EventDrivenActors.Benchmarks;

/// <summary>
/// The entry: <c>ratios</c> measures the rows against their goals, <c>scale</c> the cost as the work grows,
/// <c>sides</c> what an event costs each side alone.
/// </summary>
internal static class Program
{
    private static readonly IRow[] Rows =
    [
        new PostRow(),
        new DispatchRow(),
        new PostManyRow(),
        new AwaitOneRow(),
        new AwaitManyRow(),
        new AsyncRow(),
        new PoolNoopRow(),
        new PoolSkewRow(),
        new ListenRow(),
        new IdleRow(),
        new TimerRow(),
        new ChildAwaitOneRow(),
        new ChildAwaitManyRow(),
        new ChildEchoRow("child-64k", 64 * 1024, 8),
        new ChildEchoRow("child-1m", 1024 * 1024, 1),
        new ChildColdRow(),
        new ChildReplaceRow(),
        new ChildDetectRow(),
        new ChildOrphanRow(),
        new ChildScaleRow(),
    ];

    private static async Task<int> Main(string[] args)
    {
        switch (args)
        {
            case ["ratios", .. string[] rest] when RatioOptions.TryParse(rest, Rows, out RatioOptions? options):
                await RatioRun.RunAsync(options, Rows).ConfigureAwait(false);
                return 0;
            case ["scale", .. string[] only] when only.All(name => ScaleRun.Rows.Any(row => row.Name == name)):
                await ScaleRun.RunAsync(only).ConfigureAwait(false);
                return 0;
            case ["sides", .. string[] only]:
                await SideCosts.RunAsync(only).ConfigureAwait(false);
                return 0;
            case [PeerRoles.Argument, string role, .. string[] rest]:
                await PeerRoles.RunAsync(role, rest).ConfigureAwait(false);
                return 0;
            default:
                await Console
                    .Error.WriteLineAsync(
                        $"""
                        {RatioOptions.Usage(Rows)}
                        scale [NAME]...   the cost of a unit as the work grows
                        sides [post|hooks|many|dispatch|async|pool]...   what an event costs each side alone
                        Rows: {string.Join(", ", ScaleRun.Rows.Select(row => row.Name))}
                        """
                    )
                    .ConfigureAwait(false);
                return 2;
        }
    }
}
