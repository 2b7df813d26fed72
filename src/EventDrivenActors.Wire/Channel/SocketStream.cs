using System.Net.Sockets;

namespace EventDrivenActors.Wire.Channel;

/// <summary>A connected socket, which becomes non-blocking.</summary>
/// <remarks>Reading has threads of its own, so that a starved pool is never taken for a frozen peer.</remarks>
internal sealed class SocketStream : LinkStream
{
    private readonly Socket _socket;

    public SocketStream(Socket socket)
    {
        _socket = socket;
        _socket.Blocking = false;
    }

    public override int Send(ReadOnlySpan<byte> bytes, out SocketError error) =>
        _socket.Send(bytes, SocketFlags.None, out error);

    public override int Receive(Span<byte> target, out SocketError error) =>
        _socket.Receive(target, SocketFlags.None, out error);

    public override void AwaitRoom() => _socket.Poll(-1, SelectMode.SelectWrite);

    public override void StartReading(Func<bool> read, string name) =>
        new ReadingCrew(SocketWatch.Of(_socket), read).Start(name);

    public override void ShutDown() => _socket.Shutdown(SocketShutdown.Both);

    public override void Dispose() => _socket.Dispose();
}
