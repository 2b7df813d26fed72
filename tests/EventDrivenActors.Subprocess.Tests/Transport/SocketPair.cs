using System.Net.Sockets;
using EventDrivenActors.Subprocess.Transport;

namespace EventDrivenActors.Subprocess.Tests.Transport;

/// <summary>Both ends of a link's socket.</summary>
internal sealed class SocketPair : IDisposable
{
    public SocketPair()
    {
        using ParentListener listener = new();
        Task<Socket> accepting = listener.AcceptAsync(Environment.ProcessId, CancellationToken.None);
        Child.Connect(new UnixDomainSocketEndPoint(listener.SocketPath));
        Parent = accepting.GetAwaiter().GetResult();
    }

    public Socket Child { get; } = new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    public Socket Parent { get; }

    public void Dispose()
    {
        Child.Dispose();
        Parent.Dispose();
    }
}
