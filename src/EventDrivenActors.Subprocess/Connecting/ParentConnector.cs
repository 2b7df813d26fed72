using System.Net.Sockets;
using System.Security.Cryptography;
using Akka.Event;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>Makes a connected child from its options, and undoes everything when a step fails.</summary>
internal sealed partial class ParentConnector(ParentConnectionOptions options)
{
    private readonly ParentLinks _links = ParentLinks.For(options.System);
    private readonly SubprocessSettings _settings = options.Settings ?? ParentLinks.For(options.System).Settings;

    private TimeSpan Patience =>
        _settings.ExitDrain == Timeout.InfiniteTimeSpan ? _settings.ExitDrain : _settings.ExitDrain * 5;

    public async Task<ParentConnection> RunAsync(CancellationToken cancellationToken)
    {
        using IDisposable? turn = options.Turns is { } turns
            ? await turns.TakeAsync(options.Time, cancellationToken).ConfigureAwait(false)
            : null;
        // The process takes longest.
        IChildProcess process = Launch();
        options.OnLaunched?.Invoke(process.ProcessId);
        using CancellationTokenSource late = new CancellationTokenSource();
        using DueTimer timer = new DueTimer(options.Time, () => CancelQuietly(late), onPool: true);
        timer.Set(_settings.StartTimeout);
        using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(
            cancellationToken,
            late.Token
        );
        // Whatever this method waits for, the child's end must wake it.
        _ = process.Exited.ContinueWith(
            _ => CancelQuietly(over),
            CancellationToken.None,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
        StartPage? page = null;
        try
        {
            if (process is ILinkedChild linked)
            {
                page = MakePage("");
                return await ConnectAsync(linked, Compose("", page), page, over.Token).ConfigureAwait(false);
            }
            using ParentListener listener = new ParentListener();
            Task sweeping = listener.SweepAsync();
            page = MakePage(listener.SocketPath);
            ParentConnection connection = await ConnectAsync(
                    listener,
                    process,
                    Compose(listener.SocketPath, page),
                    page,
                    over.Token
                )
                .ConfigureAwait(false);
            await sweeping.ConfigureAwait(false);
            return connection;
        }
        catch (Exception reason)
        {
            page?.Dispose();
            ChildExit? ended = await EndAsync(process, reason).ConfigureAwait(false);
            cancellationToken.ThrowIfCancellationRequested();
            throw Explain(reason, ended, process.ProcessId, late.IsCancellationRequested);
        }
    }

    private IChildProcess Launch() =>
        options.Launcher is { } launcher
            ? launcher(new ChildLaunch(_settings, options.Time, options.OnOutput))
            : ChildProcess.Start(
                (options.Plan ?? LaunchPlan.ForThisProcess()) with
                {
                    Placement = options.Placement,
                },
                _settings,
                options.OnOutput
            );

    /// <summary>
    /// A child works without one as well, but then it cannot be known after its death which calls had started.
    /// </summary>
    private StartPage? MakePage(string socketPath)
    {
        try
        {
            return options.Slots == 0 ? null : StartPage.Create(socketPath, options.Slots);
        }
        catch (Exception reason)
            when (reason is IOException or UnauthorizedAccessException or EntryPointNotFoundException)
        {
            Logging
                .GetLogger(options.System, "EventDrivenActors.Subprocess")
                .Warning(
                    "The page in which a child marks what it starts could not be made, so if the child dies, events "
                        + "that it was sent and had not started are lost with it: {0}",
                    reason.Message
                );
            return null;
        }
    }

    private StartMessage Compose(string socketPath, StartPage? page) =>
        new(
            Handshake.ProtocolVersion,
            Guid.NewGuid(),
            socketPath,
            RandomNumberGenerator.GetBytes(32),
            _links.Host.Name,
            SettingsCodec.Encode(_settings),
            new[] { typeof(ParentConnector).Assembly, typeof(LinkChannel).Assembly }
                .Concat(options.Assemblies)
                .Select(assembly => assembly.FullName!)
                .Distinct()
                .ToArray(),
            options.Program?.AssemblyQualifiedName ?? "",
            options.Configuration,
            page?.Path ?? "",
            page is null ? 0 : options.Slots
        )
        {
            // A child in this process needs no place.
            Place = options.Launcher is null ? ParentPlace.Current().Encode() : default(ReadOnlyMemory<byte>),
        };

    private async Task<ParentConnection> ConnectAsync(
        ParentListener listener,
        IChildProcess process,
        StartMessage start,
        StartPage? page,
        CancellationToken over
    )
    {
        await process.SendStartAsync(start.Encode(), over).ConfigureAwait(false);
        Socket socket = await listener.AcceptAsync(process.ProcessId, over).ConfigureAwait(false);
        await ShakeHandsAsync(socket, start, over).ConfigureAwait(false);
        return await ConnectAsync(new SocketStream(socket), process, start, page, over).ConfigureAwait(false);
    }

    private async Task<ParentConnection> ConnectAsync(
        ILinkedChild child,
        StartMessage start,
        StartPage? page,
        CancellationToken over
    )
    {
        await child.SendStartAsync(start.Encode(), over).ConfigureAwait(false);
        return await ConnectAsync(child.Stream, child, start, page, over).ConfigureAwait(false);
    }

    private async Task<ParentConnection> ConnectAsync(
        LinkStream stream,
        IChildProcess process,
        StartMessage start,
        StartPage? page,
        CancellationToken over
    )
    {
        FrameConnection connection = new FrameConnection(
            stream,
            _settings.Channel.MaximumFrame,
            _settings.Channel.HighWaterMark,
            mostUnread: (4L * _settings.Channel.HighWaterMark)
                + ((long)_settings.Channel.UnacknowledgedEnvelopes * _settings.Channel.EnvelopeSize)
        );
        Heartbeat? heartbeat = null;
        try
        {
            heartbeat = new Heartbeat(
                connection,
                _settings.Channel,
                options.Time,
                (sign, length, starved) =>
                {
                    options.OnSilence?.Invoke(new ChildSilence(process.ProcessId, sign, length, starved));
                    if (sign == SilenceSign.Frozen)
                    {
                        process.Kill();
                    }
                }
            );
            LinkChannel channel = new LinkChannel(options.Peer, _settings.Channel);
            _links.Host.Keep(channel);
            RemotingEnd end = Read(channel, process, connection, heartbeat, start.Incarnation);
            await channel.Established.WaitAsync(over).ConfigureAwait(false);
            if (process is not ILinkedChild)
            {
                _ = _links.Host.JoinAsync(end, system => system.ExpectAsync(end, start.Incarnation), options.Time);
            }

            return new ParentConnection(start.Incarnation, process, channel, connection, page, _settings, options.Time);
        }
        catch
        {
            heartbeat?.Dispose();
            connection.Close();
            throw;
        }
    }
}
