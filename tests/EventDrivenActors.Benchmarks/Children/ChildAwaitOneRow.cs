using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>Submit and await, one at a time.</summary>
internal sealed class ChildAwaitOneRow() : ChildAwaitRow("child-await-1", inFlight: 1)
{
    protected override IReadOnlyList<Goal> Goals =>
        [
            Goal.Faster(PythonPeer.Name, 2),
            Goal.Faster("StreamJsonRpc", 1.3),
            Goal.Faster("raw socket", 0.5),
            Goal.Shown("gRPC unary"),
            Goal.Shown("gRPC duplex"),
        ];

    protected override IEnumerable<Contender> Others(ChildStage stage, Course course) =>
        [
            stage.RawSocket.PingPong(course, bytes: 8),
            Ring.Of("gRPC unary", course, 1, stage.Grpc.AddAsync),
            stage.Grpc.Duplex(course, 1),
        ];
}
