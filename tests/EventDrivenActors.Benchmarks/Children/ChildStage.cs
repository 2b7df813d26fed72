using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.PeerProcesses;

namespace EventDrivenActors.Benchmarks.Children;

/// <summary>A controller with a child, and the peers' processes.</summary>
internal sealed class ChildStage : IAsyncDisposable
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(3);
    private readonly EventRuntime _runtime = EventRuntime.Create();

    private ChildStage(PythonPeer? python, JsonRpcPeer jsonRpc, GrpcPeer grpc, RawSocketPeer rawSocket)
    {
        (Python, JsonRpc, Grpc, RawSocket) = (python, jsonRpc, grpc, rawSocket);
        Controller = _runtime.CreateController(options => options.AddSubprocess());
        Controller.Run();
    }

    public Controller Controller { get; }

    public PythonPeer? Python { get; }

    public JsonRpcPeer JsonRpc { get; }

    public GrpcPeer Grpc { get; }

    public RawSocketPeer RawSocket { get; }

    /// <summary>The peers that cannot be had here.</summary>
    public IReadOnlyList<(string Peer, string Reason)> Absent =>
        Python is null ? [(PythonPeer.Name, PythonPeer.WhyAbsent)] : [];

    public static async Task<ChildStage> SetUpAsync() =>
        new(
            await PythonPeer.StartAsync().ConfigureAwait(false),
            await JsonRpcPeer.StartAsync().ConfigureAwait(false),
            await GrpcPeer.StartAsync().ConfigureAwait(false),
            await RawSocketPeer.StartAsync().ConfigureAwait(false)
        );

    /// <summary>A fresh pair of processes runs at a part of its speed for the first seconds.</summary>
    public static Course Warmer(Course course) =>
        course with
        {
            WarmUp = course.WarmUp < WarmUp ? WarmUp : course.WarmUp,
        };

    public async ValueTask DisposeAsync()
    {
        await _runtime.DisposeAsync().ConfigureAwait(false);
        Python?.Dispose();
        JsonRpc.Dispose();
        Grpc.Dispose();
        RawSocket.Dispose();
    }
}
