using EventDrivenActors.Benchmarks.Children;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>What this program does when it was started as somebody's other process.</summary>
internal static class PeerRoles
{
    public const string Argument = "peer";
    public const string Ready = "ready";
    public const string RawSocket = "raw-socket";
    public const string JsonRpc = "json-rpc";
    public const string Grpc = "grpc";
    public const string ColdStart = "cold-start";
    public const string Parent = "parent";

    public static Task RunAsync(string role, string[] arguments) =>
        role switch
        {
            RawSocket => RawSocketPeer.ServeAsync(arguments[0]),
            JsonRpc => JsonRpcPeer.ServeAsync(arguments[0]),
            Grpc => GrpcPeer.ServeAsync(arguments[0]),
            ColdStart => ColdStartMeasurement.RunAsync(),
            Parent => OrphanParent.RunAsync(),
            _ => throw new ArgumentException($"The role '{role}' is not known."),
        };

    /// <summary>Tells the parent that others may connect, and stays until it ends.</summary>
    public static async Task StayAsync()
    {
        Console.WriteLine(Ready);
        while (await Console.In.ReadLineAsync().ConfigureAwait(false) is not null)
        {
            // The parent says nothing; the end of its stream is the end of this process.
        }
    }
}
