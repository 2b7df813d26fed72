using System.Net.Sockets;
using Akka.Actor;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The child's end of the link: connects, proves itself, and runs a program over the link in an actor system of its
/// own.
/// </summary>
internal static class ChildSide
{
    /// <summary>The system in which the child's program will run; its owner is the caller.</summary>
    public static ChildSystem SystemOf(StartMessage start, SubprocessSettings settings) =>
        new(() => ActorSystem.Create(LinkNames.ChildSystem(start.Incarnation), settings.ChildSystem));

    /// <summary>
    /// Runs until the program's task ends, then waits until everything that it sent has arrived. The program is called
    /// before the first message is received.
    /// </summary>
    /// <param name="start">The parent's start message.</param>
    /// <param name="settings">The parent's settings, read from that.</param>
    /// <param name="system">The child's system, from <see cref="SystemOf"/>.</param>
    /// <param name="peer">Receives.</param>
    /// <param name="run">The program.</param>
    /// <param name="killed">Cuts the link off, as the end of a process would.</param>
    /// <exception cref="LinkRefusedException">The parent refused this child, or is not the parent.</exception>
    public static async Task RunAsync(
        StartMessage start,
        SubprocessSettings settings,
        ChildSystem system,
        ILinkPeer peer,
        Func<LinkChannel, Task> run,
        CancellationToken killed = default
    )
    {
        Task needed = settings.BootsChildFirst ? system.BootAsync() : Task.CompletedTask;
        FrameConnection connection = new FrameConnection(
            new SocketStream(Connect(start, settings, killed)),
            settings.Channel.MaximumFrame,
            settings.Channel.HighWaterMark
        );
        using CancellationTokenRegistration abort = killed.UnsafeRegister(_ => connection.Abort(), null);
        using Heartbeat heartbeat = new Heartbeat(connection, settings.Channel, TimeProvider.System);
        await needed.ConfigureAwait(false);
        LinkChannel channel = new LinkChannel(peer, settings.Channel);
        LinkHost host = new LinkHost(system.Booted, LinkNames.ChildSystem(start.Incarnation), settings);
        host.Keep(channel);
        Task running = run(channel);
        RemotingEnd end = Begin(start, connection, heartbeat, channel);
        _ = host.JoinAsync(
            end,
            link => link.IntroduceAsync(end, start.ParentSystem, start.Incarnation),
            TimeProvider.System
        );
        // A child whose system cannot be booted ends, even if it works already.
        if (await Task.WhenAny(running, system.Booted).ConfigureAwait(false) == system.Booted)
        {
            await system.Booted.ConfigureAwait(false);
        }

        await EndAsync(running, channel, connection, settings, TimeProvider.System).ConfigureAwait(false);
    }

    /// <summary>
    /// The same over a stream that stands already, for a child that shares its actor system with others: Akka does not
    /// introduce the two ends, and the end of that system is not the child's.
    /// </summary>
    /// <param name="start">The parent's start message.</param>
    /// <param name="settings">The parent's settings.</param>
    /// <param name="stream">The child's end of the link.</param>
    /// <param name="time">The clock of the link.</param>
    /// <param name="isStuck">Asks whether the child takes no work.</param>
    /// <param name="peer">Receives.</param>
    /// <param name="run">The program.</param>
    public static async Task RunAsync(
        StartMessage start,
        SubprocessSettings settings,
        LinkStream stream,
        TimeProvider time,
        Func<bool> isStuck,
        ILinkPeer peer,
        Func<LinkChannel, Task> run
    )
    {
        FrameConnection connection = new FrameConnection(
            stream,
            settings.Channel.MaximumFrame,
            settings.Channel.HighWaterMark
        );
        using Heartbeat heartbeat = new Heartbeat(connection, settings.Channel, time, isStuck: isStuck);
        LinkChannel channel = new LinkChannel(peer, settings.Channel);
        Task running = run(channel);
        Begin(start, connection, heartbeat, channel);
        await EndAsync(running, channel, connection, settings, time).ConfigureAwait(false);
    }

    /// <summary>Begins to read and to speak.</summary>
    private static RemotingEnd Begin(
        StartMessage start,
        FrameConnection connection,
        Heartbeat heartbeat,
        LinkChannel channel
    )
    {
        RemotingEnd remoting = new RemotingEnd(connection, new PduGuard(start.ParentSystem), channel);
        LinkEnd end = new LinkEnd(connection, heartbeat, channel, remoting);
        channel.Open(end.Send);
        return remoting;
    }

    private static async Task EndAsync(
        Task running,
        LinkChannel channel,
        FrameConnection connection,
        SubprocessSettings settings,
        TimeProvider time
    )
    {
        await running.ConfigureAwait(false);
        await Moment.ForAsync(channel.DrainAsync(), settings.DrainTimeout, time).ConfigureAwait(false);
        connection.Close();
    }

    private static Socket Connect(StartMessage start, SubprocessSettings settings, CancellationToken killed)
    {
        Socket socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            ReceiveTimeout = settings.HandshakeMilliseconds,
        };
        try
        {
            using CancellationTokenRegistration cut = killed.UnsafeRegister(_ => socket.Dispose(), null);
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
