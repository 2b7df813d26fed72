using System.Net.Sockets;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.TestKit.Children;

/// <summary>One end of a simulated link. It always has room.</summary>
internal class SimulatedStream(SimulatedPipe outward, SimulatedPipe inward) : LinkStream
{
    public override int Send(ReadOnlySpan<byte> bytes, out SocketError error)
    {
        error = outward.Send(bytes) ? SocketError.Success : SocketError.Shutdown;
        return error == SocketError.Success ? bytes.Length : 0;
    }

    public override int Receive(Span<byte> target, out SocketError error) => inward.Receive(target, out error);

    public override void AwaitRoom() => throw new InvalidOperationException("A simulated link always has room.");

    public override void StartReading(Func<bool> read, string name) => inward.StartReading(read);

    public override void ShutDown()
    {
        outward.Close();
        inward.CloseByReader();
    }

    public override void Dispose() => ShutDown();
}
