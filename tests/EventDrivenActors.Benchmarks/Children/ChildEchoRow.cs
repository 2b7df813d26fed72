using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A block of bytes each way.</summary>
internal sealed class ChildEchoRow(string name, int bytes, int inFlight) : IRow
{
    private const int First = 16;

    public string Name => name;

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Course warmer = ChildStage.Warmer(course);
        ChildStage stage = await ChildStage.SetUpAsync().ConfigureAwait(false);
        await using (stage.ConfigureAwait(false))
        {
            byte[] data = new byte[bytes];
            Random.Shared.NextBytes(data);
            Contender?[] contenders =
            [
                Ring.Of("Submit", warmer, inFlight, _ => stage.Controller.Submit(Work.Echo, data), First),
                stage.Python?.Echo(warmer, inFlight, bytes),
                Ring.Of("StreamJsonRpc", warmer, inFlight, _ => stage.JsonRpc.Work.EchoAsync(data), First),
                Ring.Of("gRPC unary", warmer, inFlight, _ => stage.Grpc.EchoAsync(data), First),
                stage.RawSocket.PingPong(warmer, bytes, First),
            ];
            Race race = new(
                Name,
                [.. contenders.OfType<Contender>()],
                [
                    .. contenders.Skip(1).SkipLast(1).OfType<Contender>().Select(peer => Goal.Faster(peer.Name, 1)),
                    Goal.Shown("raw socket"),
                ]
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
}
