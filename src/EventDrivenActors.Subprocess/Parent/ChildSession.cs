using EventDrivenActors.Subprocess.Launching;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>One child, from its start to its end; what it still says after that goes nowhere.</summary>
/// <param name="forwarder">Hears what it says.</param>
/// <param name="member">What the roster knows of it.</param>
/// <param name="lane">Reads what may run user code, which must not hold up the link.</param>
internal sealed partial class ChildSession(ChildForwarder forwarder, ChildMember member, ReadingLane lane) : ILinkPeer
{
    private static readonly TimeSpan LastWords = TimeSpan.FromMilliseconds(700);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _closed = new();
    private readonly CancellationTokenSource _leaving = new();
    private readonly Lock _gate = new();
    private volatile ChildConnection? _connection;
    private volatile string? _breach;
    private volatile bool _leaves;
    private bool _isClosed;
    private int _receivingThread;

    public ChildMember Member => member;

    public HashSet<int> DefinedMethods { get; } = [];

    /// <summary>How many of the encoder's methods that let more types cross it has been told of.</summary>
    public int DefinedTypes { get; set; }

    /// <summary>What its handlers raise. Set by the forwarder.</summary>
    public RaisedEvents Raised { get; set; } = null!;

    public ILink Link => _connection!.Link;

    /// <summary>The process; null until it is connected.</summary>
    public int? ProcessId => _connection?.ProcessId;

    /// <summary>
    /// The process for the log, which a child may speak in before it is connected; 0 before it is started.
    /// </summary>
    public int LaunchedProcess { get; set; }

    /// <summary>How it ended; null while it lives. Under the forwarder's gate.</summary>
    public ChildEnd? End { get; set; }

    /// <summary>Which of its calls it had started, once it has died; null when nobody knows.</summary>
    public StartRecord? Starts { get; private set; }

    /// <summary>
    /// Whether the calling thread is handling a message of it: what this thread waits for would not be received.
    /// </summary>
    public bool IsReceiving =>
        Volatile.Read(ref _receivingThread) == Environment.CurrentManagedThreadId || lane.IsReading;

    /// <summary>
    /// Completes when nothing of the child is left and all that it had has settled. Set by the forwarder.
    /// </summary>
    public Task Life { get; set; } = Task.CompletedTask;

    /// <summary>Kills it at once, if it is connected.</summary>
    public void Kill() => _ = _connection?.KillAsync();

    /// <summary>It is to leave by itself, or says that it does: that its link ends first is as it should be.</summary>
    public void LetGo() => _leaves = true;

    /// <summary>
    /// Asks it to leave (SIGTERM), and kills it when it has not left in time; one that is being started is not waited
    /// for.
    /// </summary>
    public void Leave()
    {
        _leaves = true;
        _ = _leaving.CancelAsync();
    }

    /// <summary>Lives a child's whole life; never throws.</summary>
    /// <param name="options">How to start it.</param>
    /// <param name="setup">How long its set-up may take.</param>
    /// <param name="grace">How long it may take to leave when it is asked by SIGTERM.</param>
    /// <param name="bury">Gets its end, where that is seen: nothing between the two waits for a thread of the pool.
    /// What it gives is done when nothing of the child is left.</param>
    public async Task LiveAsync(
        ChildConnectionOptions options,
        TimeSpan setup,
        TimeSpan grace,
        Func<ChildEnd, Action> bury
    )
    {
        ChildConnection? connection = null;
        ChildEnd end;
        try
        {
            connection = await ChildConnection.StartAsync(options, _leaving.Token).ConfigureAwait(false);
            Begin(connection);
            using CancellationTokenRegistration leave = _leaving.Token.Register(() =>
                _ = connection.TerminateAsync(grace)
            );
            ChildExit exit = await ServeAsync(connection, options, setup).ConfigureAwait(false);
            Starts = connection.ReadStarts();
            end = Breach is { } breach
                ? new ChildEnd(ExitReason.ProtocolError, connection.ProcessId, exit, breach)
                : ChildEnd.Of(connection.ProcessId, exit, wasReady: _ready.Task.IsCompletedSuccessfully);
        }
        catch (Exception reason)
        {
            await (connection?.KillAsync() ?? Task.CompletedTask).ConfigureAwait(false);
            end = ChildEnd.Failed(ProcessId, reason);
        }

        Action last = bury(end);
        await (connection?.DisposeAsync() ?? default).ConfigureAwait(false);
        last();
    }

    public void OnClosed(string reason)
    {
        bool first;
        lock (_gate)
        {
            first = !_isClosed;
            _isClosed = true;
        }

        if (!_leaves)
        {
            Kill();
        }

        if (first)
        {
            _closed.TrySetResult();
        }
    }

    private string? Breach =>
        (_breach ?? _connection?.Breach) is { } breach ? $"the link broke a rule: {breach}" : null;

    /// <summary>What the child said before there was something to kill may have been its end.</summary>
    private void Begin(ChildConnection connection)
    {
        bool over;
        lock (_gate)
        {
            _connection = connection;
            over = _breach is not null || _isClosed;
        }

        if (over)
        {
            Kill();
        }

        // Its set-up may have raised as many as it may before it could be told anything.
        Raised.TellIfDue();
    }

    private async Task<ChildExit> ServeAsync(ChildConnection connection, ChildConnectionOptions options, TimeSpan setup)
    {
        await SetUpAsync(connection, setup, options.SetupTime ?? options.Time).ConfigureAwait(false);
        if (_ready.Task.IsFaulted)
        {
            await connection.KillAsync().ConfigureAwait(false);
        }

        if (_ready.Task.IsCompletedSuccessfully)
        {
            forwarder.OnReady(this);
        }

        ChildExit exit = await connection.Exited.ConfigureAwait(false);
        forwarder.OnExited(this);

        await ListenToLastWordsAsync(options.EndTime).ConfigureAwait(false);
        if (_ready.Task.IsFaulted)
        {
            await _ready.Task.ConfigureAwait(false);
        }

        return exit;
    }

    /// <summary>What it had said before it died may still be on the way.</summary>
    private async Task ListenToLastWordsAsync(TimeProvider time)
    {
        TaskCompletionSource late = new();
        using IDisposable limit = EndWatch.After(LastWords, () => late.TrySetResult(), time);
        await Task.WhenAny(ReadAllAsync(), late.Task).ConfigureAwait(false);
    }

    private async Task ReadAllAsync()
    {
        await _closed.Task.ConfigureAwait(false);
        await lane.WhenEmpty().ConfigureAwait(false);
    }

    /// <summary>A start is physical: its time is that of the link, save in a test's own process.</summary>
    private async Task SetUpAsync(ChildConnection connection, TimeSpan limit, TimeProvider time)
    {
        using CancellationTokenSource late = new(limit, time);
        using CancellationTokenRegistration fail = late.Token.UnsafeRegister(
            _ => _ready.TrySetException(new ChildSetupException(limit)),
            null
        );
        await Task.WhenAny(_ready.Task, connection.Exited).ConfigureAwait(false);
    }
}
