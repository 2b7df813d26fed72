using System.Net.Sockets;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The child's end of the link: connects, proves, boots the actor system, and lets a program run over it.</summary>
internal static class ChildSide
{
    /// <summary>Runs until the program's task ends, then lets everything it sent arrive. The program is called before the first message is received.</summary>
    /// <exception cref="LinkRefusedException">The parent refused this child, or is not the parent.</exception>
    public static async Task RunAsync(StartMessage start, ILinkPeer peer, Func<ILink, Akka.Actor.ActorSystem, Task> run)
    {
        var settings = SubprocessSettings.Parse(start.Settings);
        var booting = LinkSystem.BootAsync(LinkNames.ChildSystem(start.Incarnation), settings);
        var connection = new FrameConnection(Connect(start, settings), settings.MaximumFrame, settings.HighWaterMark);
        using var heartbeat = new Heartbeat(connection, settings, TimeProvider.System);
        var system = await booting.ConfigureAwait(false);
        var channel = new LinkChannel(peer, settings);
        var running = run(channel, system.System);
        system.Connect(channel, connection, heartbeat, start, _ => connection.Close());
        await running.ConfigureAwait(false);
        await Task.WhenAny(channel.DrainAsync(), Task.Delay(settings.DrainTimeout)).ConfigureAwait(false);
        connection.Close();
    }

    private static Socket Connect(StartMessage start, SubprocessSettings settings)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)settings.HandshakeTimeout.TotalMilliseconds,
        };
        socket.Connect(new UnixDomainSocketEndPoint(start.SocketPath));
        Handshake.Send(socket, start);
        return socket;
    }
}
