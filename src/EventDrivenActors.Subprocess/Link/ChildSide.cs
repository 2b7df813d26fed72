using System.Net.Sockets;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The child's end of the link: connects, proves itself, and runs a program over the link in an actor system of its own.</summary>
internal static class ChildSide
{
    /// <summary>The system in which the child's program will run; its owner is the caller.</summary>
    public static ChildSystem SystemOf(StartMessage start, SubprocessSettings settings) =>
        new(() => ActorSystem.Create(LinkNames.ChildSystem(start.Incarnation), settings.ChildSystem));

    /// <summary>Runs until the program's task ends, then waits until everything that it sent has arrived. The program is called before the first message is received.</summary>
    /// <param name="start">What the parent said.</param>
    /// <param name="settings">The parent's settings, read from that.</param>
    /// <param name="system">The child's system, from <see cref="SystemOf"/>.</param>
    /// <param name="peer">Receives.</param>
    /// <param name="run">The program.</param>
    /// <param name="killed">Cuts the link off, as the end of a process would.</param>
    /// <exception cref="LinkRefusedException">The parent refused this child, or is not the parent.</exception>
    public static async Task RunAsync(
        StartMessage start, SubprocessSettings settings, ChildSystem system, ILinkPeer peer, Func<LinkChannel, Task> run, CancellationToken killed = default)
    {
        var needed = settings.BootsChildFirst ? system.BootAsync() : Task.CompletedTask;
        var connection = new FrameConnection(Connect(start, settings, killed), settings.MaximumFrame, settings.HighWaterMark);
        using var abort = killed.UnsafeRegister(_ => connection.Abort(), null);
        using var heartbeat = new Heartbeat(connection, settings, TimeProvider.System);
        await needed.ConfigureAwait(false);
        var channel = new LinkChannel(peer, settings);
        var host = new LinkHost(system.Booted, LinkNames.ChildSystem(start.Incarnation), settings);
        host.Keep(channel);
        var running = run(channel);
        var guard = new PduGuard(LinkAddresses.PathOf(host.Name, LinkNames.ChildActor), start.ParentSystem);
        var pdu = new EnvelopePdu(LinkAddresses.PathOf(start.ParentSystem, LinkNames.ParentActor(start.Incarnation)));
        var end = new LinkEnd(connection, guard, pdu, heartbeat, channel);
        channel.Open(end.Send);
        _ = host.JoinAsync(end, link => link.IntroduceAsync(end, start), TimeProvider.System);
        // A child whose system cannot be booted ends, even if it works already.
        if (await Task.WhenAny(running, system.Booted).ConfigureAwait(false) == system.Booted)
            await system.Booted.ConfigureAwait(false);
        await running.ConfigureAwait(false);
        await Task.WhenAny(channel.DrainAsync(), DueTimer.DelayAsync(settings.DrainTimeout, TimeProvider.System)).ConfigureAwait(false);
        connection.Close();
    }

    private static Socket Connect(StartMessage start, SubprocessSettings settings, CancellationToken killed)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = settings.HandshakeMilliseconds,
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
