using System.Net.Sockets;

namespace EventDrivenActors.Benchmarks.PeerProcesses;

/// <summary>A path for a Unix socket in a directory of its own.</summary>
internal sealed class SocketPlace : IDisposable
{
    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("eda-bench-");

    public string Path => System.IO.Path.Combine(_directory.FullName, "s");

    public static Socket Listen(string path)
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        socket.Listen(1);
        return socket;
    }

    public async Task<Socket> ConnectAsync()
    {
        Socket socket = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Path)).ConfigureAwait(false);
        return socket;
    }

    public void Dispose() => _directory.Delete(recursive: true);
}
