using System.Collections.Concurrent;
using Akka.Configuration;
using AssemblyCensus.Feeding;
using AssemblyCensus.Options;
using AssemblyCensus.Reading;
using EventDrivenActors;

namespace AssemblyCensus.Engines;

/// <summary>A pool whose workers each have a supervised child process, in which the files are read.</summary>
internal sealed class ProcessPoolEngine : ICensusEngine
{
    private const int SentPerWorker = 4;
    private const int TakenPerWorker = 2 * SentPerWorker;
    private static readonly TimeSpan FileTimeout = TimeSpan.FromSeconds(30);
    private static readonly EventOptions SoonLate = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CensusOptions _options;
    private readonly TimeProvider _time;
    private readonly EventRuntime _runtime;
    private readonly ControllerPool _pool;
    private readonly List<PoolChild> _children = [];
    private readonly ConcurrentDictionary<string, PoolChild> _takers = [];
    private readonly SemaphoreSlim _sabotage = new(1);

    public ProcessPoolEngine(CensusOptions options, TimeProvider time)
    {
        _options = options;
        _time = time;
        _runtime = EventRuntime.Create(o => o.Configuration = Configure(options.Verbose ? "INFO" : "OFF"));
        _pool = _runtime.CreatePool(options.Children, AddChild);
    }

    public string Description =>
        $"in {Count(_options.Children, "child process", "child processes")} with "
        + $"{Count(_options.Workers, "worker", "workers")}{(_options.Children == 1 ? string.Empty : " each")}";

    public IReadOnlyList<ChildStatistics> Children => [.. _children.Select(child => child.Statistics())];

    public IAsyncEnumerable<CensusOutcome> RunAsync(IEnumerable<CensusItem> items, CancellationToken abandon)
    {
        _pool.Run();
        return BoundedStream.RunAsync(
            items,
            TakenPerWorker * _options.Children * _options.Workers,
            SettleAsync,
            abandon
        );
    }

    public async ValueTask DisposeAsync()
    {
        // Nothing is left when the stream has ended by itself; after the drain's deadline the census does not wait for
        // the rest.
        await _pool.ShutdownAsync(ShutdownMode.Abort);
        await _runtime.DisposeAsync();
        _sabotage.Dispose();
    }

    /// <summary>Called once for each worker of the pool.</summary>
    private void AddChild(PoolOptions pool)
    {
        pool.Name = "census";
        SubprocessAdapter process = new(ChildOptions());
        PoolChild child = new(_children.Count + 1, process, _takers, _time);
        _children.Add(child);
        pool.Adapters.Add(child);
        pool.Adapters.Add(process);
    }

    private SubprocessOptions ChildOptions()
    {
        SubprocessOptions child = new()
        {
            Workers = _options.Workers,
            Mapping = CensusEvents.Map(),
            EventTimeout = FileTimeout,
            KillOnTimeout = true,

            // Enough that a worker never waits for the link. When an event ends the child, the others are sent again.
            MaxInFlight = SentPerWorker * _options.Workers,

            // More than the deaths that sabotage and a few kills by the user can cause, and fewer than the restarts.
            MaxAttempts = 10,
            WarmSpare = _options.Spare,
            OutputReceived = _options.Verbose ? Show : static _ => { },
        };
        child.Restart.MinDelay = TimeSpan.FromMilliseconds(50);
        child.Restart.MaxDelay = TimeSpan.FromSeconds(1);
        child.Restart.MaxRestarts = 50;
        return child.Idempotent(CensusEvents.Read);
    }

    private static string Count(int number, string one, string many) => $"{number} {(number == 1 ? one : many)}";

    private static Config Configure(string logLevel) =>
        ConfigurationFactory.ParseString(
            $"""
            akka.loglevel = {logLevel}
            akka.stdout-loglevel = {logLevel}
            """
        );

    private static void Show(ChildOutput line) => Console.Error.WriteLine($"[child {line.ProcessId}] {line.Text}");

    private async Task<CensusOutcome> SettleAsync(CensusItem item)
    {
        if (item.Sabotage is null)
        {
            return await SettleAsync(item, () => _pool.Dispatch(CensusEvents.Read, item.Path));
        }

        // One at a time: of two in one child, the one that ends it would decide how the other one ends.
        await _sabotage.WaitAsync();
        try
        {
            EventOptions? options = item.Sabotage == Sabotage.NeverReturns ? SoonLate : null;
            return await SettleAsync(
                item,
                () => _pool.Dispatch(CensusEvents.Of(item.Sabotage.Value), item.Path, options: options)
            );
        }
        finally
        {
            _sabotage.Release();
        }
    }

    private async Task<CensusOutcome> SettleAsync(CensusItem item, Func<Pending<AssemblyFacts>> dispatch)
    {
        int? lost = null;
        try
        {
            return CensusOutcome.Read(item, await dispatch());
        }
        catch (Exception exception)
        {
            lost = (exception as ChildLostException)?.ProcessId;
            return CensusOutcome.Failed(item, EventFailures.Of(exception), EventFailures.Sentence(exception));
        }
        finally
        {
            if (_takers.TryRemove(item.Path, out PoolChild? child))
            {
                child.Settled(lost);
            }
        }
    }
}
