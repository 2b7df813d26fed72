namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>
/// What the other process can do, as StreamJsonRpc's users say it. Public, because its proxies are made in another
/// assembly.
/// </summary>
[StreamJsonRpc.JsonRpcContract]
[PolyType.GenerateShape(IncludeMethods = PolyType.MethodShapeFlags.PublicInstance)]
public partial interface IWork : IDisposable
{
    Task<int> AddAsync(int first, int second);

    Task<byte[]> EchoAsync(byte[] data);
}
