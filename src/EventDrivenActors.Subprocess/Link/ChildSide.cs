using System.Net.Sockets;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The child's end of the link: connects, proves, boots the actor system, and lets a program run over it.</summary>
internal static class ChildSide
{
    /// <summary>Boots the child's system; its owner is the caller.</summary>
    public static Task<LinkSystem> BootAsync(StartMessage start, SubprocessSettings settings) => LinkSystem.BootAsync(LinkNames.ChildSystem(start.Incarnation), settings);

    /// <summary>Runs until the program's task ends, then lets everything it sent arrive. The program is called before the first message is received.</summary>
    /// <param name="start">What the parent said.</param>
    /// <param name="settings">The parent's settings, read from that.</param>
    /// <param name="booting">The child's system, from <see cref="BootAsync"/>.</param>
    /// <param name="peer">Receives.</param>
    /// <param name="run">The program.</param>
    /// <param name="killed">Cuts the link off, as the end of a process would.</param>
    /// <exception cref="LinkRefusedException">The parent refused this child, or is not the parent.</exception>
    public static async Task RunAsync(
        StartMessage start, SubprocessSettings settings, Task<LinkSystem> booting, ILinkPeer peer, Func<ILink, ActorSystem, Task> run, CancellationToken killed = default)
    {
        var connection = new FrameConnection(Connect(start, settings, killed), settings.MaximumFrame, settings.HighWaterMark);
        using var abort = killed.UnsafeRegister(_ => connection.Abort(), null);
        using var heartbeat = new Heartbeat(connection, settings, TimeProvider.System);
        var system = await booting.ConfigureAwait(false);
        var channel = new LinkChannel(peer, settings);
        var running = run(channel, system.System);
        system.Connect(channel, connection, heartbeat, start);
        await running.ConfigureAwait(false);
        await Task.WhenAny(channel.DrainAsync(), Task.Delay(settings.DrainTimeout)).ConfigureAwait(false);
        connection.Close();
    }

    private static Socket Connect(StartMessage start, SubprocessSettings settings, CancellationToken killed)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = (int)settings.HandshakeTimeout.TotalMilliseconds,
        };
        try
        {
            using var cut = killed.UnsafeRegister(_ => socket.Dispose(), null);
            socket.Connect(new UnixDomainSocketEndPoint(start.SocketPath));
            Handshake.Send(socket, start);
            return socket;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
