using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>Submit and await with 1,000 in flight.</summary>
internal sealed class ChildAwaitManyRow() : ChildAwaitRow("child-await-1000", inFlight: 1000)
{
    protected override IReadOnlyList<Goal> Goals =>
        [
            Goal.Faster(PythonPeer.Name, 30),
            Goal.Faster("StreamJsonRpc", 3),
            Goal.Faster("gRPC duplex", 3),
            Goal.Shown("gRPC unary"),
        ];

    protected override IEnumerable<Contender> Others(ChildStage stage, Course course) =>
        [Ring.Of("gRPC unary", course, 1000, stage.Grpc.AddAsync), stage.Grpc.Duplex(course, 1000)];
}
