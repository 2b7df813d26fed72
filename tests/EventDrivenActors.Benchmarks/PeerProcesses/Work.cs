namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>The work, in every process the same.</summary>
internal sealed class Work : IWork
{
    public static int Add(int first, int second) => first + second;

    public static byte[] Echo(byte[] data) => data;

    /// <summary>Keeps a processor busy for about a millisecond.</summary>
    public static int Crunch(int seed)
    {
        uint state = (uint)seed | 1;
        for (int i = 0; i < 1_000_000; i++)
        {
            state = (state * 1664525) + 1013904223;
        }

        return (int)state;
    }

    public Task<int> AddAsync(int first, int second) => Task.FromResult(Add(first, second));

    public Task<byte[]> EchoAsync(byte[] data) => Task.FromResult(data);

    public void Dispose() { }
}
