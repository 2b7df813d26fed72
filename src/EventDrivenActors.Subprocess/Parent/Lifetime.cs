using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The life of one child, from its start until nothing of it is left.</summary>
/// <param name="child">The child.</param>
/// <param name="receiver">Receives what it says.</param>
/// <param name="supervisor">Hears that it is set up, and that it has exited.</param>
/// <param name="run">Buries it.</param>
internal sealed class Lifetime(
    SupervisedChild child,
    MessageReceiver receiver,
    Supervisor supervisor,
    RunEnd run
)
{
    /// <summary>How long a child that was asked by SIGTERM may take.</summary>
    private static readonly TimeSpan TerminationTime = TimeSpan.FromSeconds(2);

    /// <summary>How long what it had said may be on its way after it has ended.</summary>
    private static readonly TimeSpan LastMessages = TimeSpan.FromMilliseconds(700);

    /// <summary>Lives a child's whole life; never throws.</summary>
    /// <param name="options">How to start it.</param>
    /// <param name="setup">How long its set-up may take.</param>
    /// <remarks>Nothing between its end and the burial waits for a thread of the pool.</remarks>
    public async Task LiveAsync(ParentConnectionOptions options, TimeSpan setup)
    {
        ParentConnection? connection = null;
        ChildEnd end;
        try
        {
            connection = await ParentConnection.StartAsync(options, child.Terminating).ConfigureAwait(false);
            receiver.Connect(connection);

            // Its set-up may have raised as many as it may before it could be told anything.
            child.Raised.TellIfDue();
            using CancellationTokenRegistration terminate = child.Terminating.Register(() =>
                _ = connection.TerminateAsync(TerminationTime)
            );
            ChildExit exit = await ServeAsync(connection, options, setup).ConfigureAwait(false);
            child.ReadStarts();
            end = receiver.Breach is { } breach
                ? new ChildEnd(ExitReason.ProtocolError, connection.ProcessId, exit, breach)
                : ChildEnd.Of(connection.ProcessId, exit, wasReady: receiver.Ready.IsCompletedSuccessfully);
        }
        catch (Exception reason)
        {
            await (connection?.KillAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            end = ChildEnd.Failed(child.ProcessId, reason);
        }

        Action last = run.Bury(child, end);
        await (connection?.DisposeAsync() ?? default).ConfigureAwait(false);
        last();
    }

    private async Task<ChildExit> ServeAsync(
        ParentConnection connection,
        ParentConnectionOptions options,
        TimeSpan setup
    )
    {
        await SetUpAsync(connection, setup, options.SetupTime ?? options.Time).ConfigureAwait(false);
        if (receiver.Ready.IsFaulted)
        {
            await connection.KillAsync().ConfigureAwait(false);
        }

        if (receiver.Ready.IsCompletedSuccessfully)
        {
            supervisor.OnReady(child);
        }

        ChildExit exit = await connection.Exited.ConfigureAwait(false);
        supervisor.OnExited(child);

        await ReadLastMessagesAsync(options.EndTime).ConfigureAwait(false);
        if (receiver.Ready.IsFaulted)
        {
            await receiver.Ready.ConfigureAwait(false);
        }

        return exit;
    }

    /// <summary>Reads the messages that the child had sent before it died and that are still on the way.</summary>
    private async Task ReadLastMessagesAsync(TimeProvider time)
    {
        TaskCompletionSource late = new();
        using IDisposable limit = EndWatch.After(LastMessages, () => late.TrySetResult(), time);
        await Task.WhenAny(receiver.ReadAllAsync(), late.Task).ConfigureAwait(false);
    }

    /// <summary>A start is physical: its time is that of the link, save in a test's own process.</summary>
    private async Task SetUpAsync(ParentConnection connection, TimeSpan limit, TimeProvider time)
    {
        using CancellationTokenSource late = new(limit, time);
        using CancellationTokenRegistration fail = late.Token.UnsafeRegister(
            _ => receiver.FailSetup(new ChildSetupException(limit)),
            null
        );
        await Task.WhenAny(receiver.Ready, connection.Exited).ConfigureAwait(false);
    }
}
