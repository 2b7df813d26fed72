using System.Net.Sockets;
using StreamJsonRpc;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>StreamJsonRpc with MessagePack over a Unix socket.</summary>
internal sealed class JsonRpcPeer : IDisposable
{
    private readonly SocketPlace _place;
    private readonly PeerProcess _process;

    private JsonRpcPeer(SocketPlace place, PeerProcess process, Socket socket)
    {
        (_place, _process) = (place, process);
        Work = JsonRpc.Attach<IWork>(Handler(socket));
    }

    public IWork Work { get; }

    public static async Task<JsonRpcPeer> StartAsync()
    {
        SocketPlace place = new();
        PeerProcess process = PeerProcess.Role(PeerRoles.JsonRpc, place.Path);
        await process.ReadAsync().ConfigureAwait(false);
        return new JsonRpcPeer(place, process, await place.ConnectAsync().ConfigureAwait(false));
    }

    public static async Task ServeAsync(string path)
    {
        using Socket listener = SocketPlace.Listen(path);
        Console.WriteLine(PeerRoles.Ready);
        using JsonRpc server = new(Handler(await listener.AcceptAsync().ConfigureAwait(false)));
        server.AddLocalRpcTarget<IWork>(new Work(), null);
        server.StartListening();
        await server.Completion.ConfigureAwait(false);
    }

    public void Dispose()
    {
        Work.Dispose();
        _process.Dispose();
        _place.Dispose();
    }

    private static LengthHeaderMessageHandler Handler(Socket socket)
    {
        NetworkStream stream = new(socket, ownsSocket: true);
        return new LengthHeaderMessageHandler(stream, stream, new MessagePackFormatter());
    }
}
