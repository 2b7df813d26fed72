using Grpc.Core;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>The work as a gRPC service.</summary>
internal sealed class CalculatorService : Calculator.CalculatorBase
{
    public override Task<Sum> Add(Operands request, ServerCallContext context) =>
        Task.FromResult(new Sum { Value = Work.Add(request.First, request.Second) });

    public override async Task AddMany(
        IAsyncStreamReader<Operands> requestStream,
        IServerStreamWriter<Sum> responseStream,
        ServerCallContext context
    )
    {
        await foreach (Operands request in requestStream.ReadAllAsync().ConfigureAwait(false))
        {
            await responseStream
                .WriteAsync(new Sum { Value = Work.Add(request.First, request.Second) })
                .ConfigureAwait(false);
        }
    }

    public override Task<Block> Echo(Block request, ServerCallContext context) => Task.FromResult(request);
}
