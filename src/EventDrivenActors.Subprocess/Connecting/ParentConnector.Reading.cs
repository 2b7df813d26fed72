using System.Net.Sockets;
using System.Numerics;
using System.Runtime.CompilerServices;
using Akka.Event;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <content>How a start reads the child's end of the link, and what fails a start.</content>
internal sealed partial class ParentConnector
{
    /// <summary>Lets the link begin; the child speaks first.</summary>
    private RemotingEnd Read(
        LinkChannel channel,
        IChildProcess process,
        FrameConnection connection,
        Heartbeat heartbeat,
        Guid incarnation
    )
    {
        PduGuard guard = new PduGuard(LinkNames.ChildSystem(incarnation), dropped => LogDropped(process, dropped));
        RemotingEnd remoting = new RemotingEnd(connection, guard, channel);
        LinkEnd end = new LinkEnd(connection, heartbeat, channel, remoting);
        _ = channel.Established.ContinueWith(
            _ => channel.Open(end.Send),
            CancellationToken.None,
            TaskContinuationOptions.OnlyOnRanToCompletion,
            TaskScheduler.Default
        );
        return remoting;
    }

    /// <summary>Logs at 1, 2, 4, … PDUs, so that a child cannot fill the log.</summary>
    private void LogDropped(IChildProcess process, long dropped)
    {
        if (BitOperations.IsPow2(dropped))
        {
            Logging
                .GetLogger(options.System, "EventDrivenActors.Subprocess")
                .Warning(
                    "The link to the child process '{0}' has dropped {1} PDUs that are no part of an introduction: "
                        + "a child says nothing else to Akka.",
                    process.ProcessId,
                    dropped
                );
        }
    }

    private async Task ShakeHandsAsync(Socket socket, StartMessage start, CancellationToken over)
    {
        try
        {
            socket.ReceiveTimeout = _settings.HandshakeMilliseconds;
            await using ConfiguredAsyncDisposable cut = over.Register(socket.Dispose).ConfigureAwait(false);
            await Task
                .Factory.StartNew(
                    () => Handshake.Receive(socket, start),
                    over,
                    TaskCreationOptions.LongRunning,
                    TaskScheduler.Default
                )
                .ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Ends the child; gives its exit when it had ended, or was about to end, by itself.</summary>
    private async Task<ChildExit?> EndAsync(IChildProcess process, Exception reason)
    {
        if (reason is not LinkRefusedException)
        {
            // A broken pipe or socket is often seen a moment before the exit that explains it.
            TimeSpan moment = reason is IOException or SocketException ? Patience : TimeSpan.Zero;
            await Moment.ForAsync(process.Exited, moment, options.Time).ConfigureAwait(false);
        }
        ChildExit? ofItself = process.Exited.IsCompletedSuccessfully
            ? await process.Exited.ConfigureAwait(false)
            : null;
        await process.DisposeAsync().ConfigureAwait(false);
        return ofItself;
    }

    private ChildStartException Explain(Exception reason, ChildExit? ended, int processId, bool late) =>
        reason switch
        {
            ChildStartException known => known,
            _ when ended is not null && MissingParts.Of(ended) is { } missing => new ChildStartException(
                $"The child process '{processId}' could not run, because a part of the application or of .NET is "
                    + $"missing: {missing} Deploy the application whole.",
                ended,
                reason
            )
            {
                MayRetry = false,
            },
            _ when ended is not null => new ChildStartException(
                $"The child process '{processId}' ended before it was connected: it {ended}.",
                ended,
                reason
            ),
            OperationCanceledException when late => new ChildStartException(
                $"The child process '{processId}' was not connected within '{_settings.StartTimeout}' and was killed; "
                    + "raise 'start-timeout' if the machine is slow.",
                null,
                reason
            ),
            _ => new ChildStartException(
                $"The child process '{processId}' could not be connected and was killed: {reason.Message}",
                null,
                reason
            ),
        };

    private static void CancelQuietly(CancellationTokenSource source)
    {
        try
        {
            source.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The start is over; the exit belongs to the owner of the connection.
        }
    }
}
