using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Transport;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>A running child and the parent's end of the link to it. All members may be called by any thread.</summary>
internal sealed class ParentConnection : IAsyncDisposable
{
    private readonly IChildProcess _process;
    private readonly LinkChannel _channel;
    private readonly FrameConnection _connection;
    private readonly StartPage? _page;
    private readonly SubprocessSettings _settings;
    private readonly TimeProvider _time;

    internal ParentConnection(
        Guid incarnation,
        IChildProcess process,
        LinkChannel channel,
        FrameConnection connection,
        StartPage? page,
        SubprocessSettings settings,
        TimeProvider time
    )
    {
        Incarnation = incarnation;
        _process = process;
        _channel = channel;
        _connection = connection;
        _page = page;
        _settings = settings;
        _time = time;
    }

    public Guid Incarnation { get; }

    public int ProcessId => _process.ProcessId;

    public ILink Link => _channel;

    /// <summary>The rule that the child broke, once the link has closed because of that.</summary>
    public string? Breach => _channel.Breach;

    /// <summary>
    /// Completes when Akka's remoting has associated both ends, a moment after the start. No message waits for that; a
    /// reference to an actor at the other end would have to.
    /// </summary>
    public Task Introduced => _channel.Introduced;

    /// <summary>Completes with the child's end; never faults.</summary>
    public Task<ChildExit> Exited => _process.Exited;

    /// <summary>Which of its calls the dead child had started; null when that is not known.</summary>
    public StartRecord? ReadStarts() => _page?.Read();

    /// <summary>Starts a child and connects it.</summary>
    /// <exception cref="ChildStartException">The child could not be started, ended, or was too late. Nothing of it is
    /// left.</exception>
    /// <exception cref="LinkRefusedException">The handshake was refused; another attempt would be too.</exception>
    /// <exception cref="OperationCanceledException">The token fired. Nothing of the child is left.</exception>
    public static Task<ParentConnection> StartAsync(
        ParentConnectionOptions options,
        CancellationToken cancellationToken = default
    ) => new ParentConnector(options).RunAsync(cancellationToken);

    /// <summary>Asks the child to leave (SIGTERM), and does not wait.</summary>
    public void Terminate() => _process.Terminate();

    /// <summary>Asks the child to leave and kills its group when it has not left in time.</summary>
    public async Task<ChildExit> TerminateAsync(TimeSpan grace)
    {
        _process.Terminate();
        await Moment.ForAsync(Exited, grace, _time).ConfigureAwait(false);
        return await KillAsync().ConfigureAwait(false);
    }

    /// <summary>Kills the child and its group (SIGKILL), and completes with its end.</summary>
    public Task<ChildExit> KillAsync()
    {
        _process.Kill();
        return Exited;
    }

    /// <summary>
    /// Kills the child if it lives, and gives back everything; the peer is told that the link has closed.
    /// </summary>
    public async ValueTask DisposeAsync()
    {
        _process.Kill();
        _connection.Close();
        await Exited.ConfigureAwait(false);
        // The reading thread closes the channel after the last envelope.
        await Moment.ForAsync(_channel.Closed, _settings.DrainTimeout, _time).ConfigureAwait(false);
        _channel.Close("the connection was disposed");
        await _process.DisposeAsync().ConfigureAwait(false);
        _page?.Dispose();
    }
}
