using EventDrivenActors.EventLoop;
using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.Pools;

/// <summary>A pool's shutdown under way: first the shared queue, then all workers; all callers share it.</summary>
/// <param name="owner">Owns the announcement of the shutdown.</param>
/// <param name="queue">The shared queue.</param>
/// <param name="cancelQueued">Cancels what the queue holds.</param>
/// <param name="workersToEnd">The workers; the pool runs no other one from then on.</param>
/// <param name="ended">How many events have ended, and as what.</param>
/// <param name="timeProvider">The clock.</param>
internal sealed class PoolShutdown(
    IEventOwner<Pending> owner,
    EventMailbox queue,
    Action cancelQueued,
    Func<PoolShutdown, IReadOnlyList<Controller>> workersToEnd,
    Func<EventCounts> ended,
    TimeProvider timeProvider
)
{
    private static readonly TimeSpan Overtime = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly CancellationTokenSource _draining = new();
    private readonly TaskCompletionSource<ShutdownReport> _report = new(
        TaskCreationOptions.RunContinuationsAsynchronously
    );
    private readonly EventCounts _before = ended();

    // Under _gate.
    private ShutdownMode _mode = ShutdownMode.Drain;
    private long _deadline = long.MaxValue;
    private bool _endsWorkers;

    // Written under _gate, once.
    private bool _announces;

    // Any thread, by an interlocked step: the first reports stay.
    private Task<ShutdownReport>[]? _reports;

    public Task<ShutdownReport> Report => _report.Task;

    private TimeSpan Left
    {
        get
        {
            TimeSpan left = timeProvider.GetElapsedTime(timeProvider.GetTimestamp(), _deadline);
            return left < TimeSpan.Zero ? TimeSpan.Zero : left;
        }
    }

    /// <summary>Asks for a mode and a deadline; the stricter of two demands holds.</summary>
    public void Demand(ShutdownMode mode, TimeSpan deadline)
    {
        bool endsWorkers;
        lock (_gate)
        {
            endsWorkers = _endsWorkers;
            _mode = mode > _mode ? mode : _mode;
            _deadline = Math.Min(_deadline, DueTimer.Later(timeProvider, timeProvider.GetTimestamp(), deadline));
        }

        if (mode != ShutdownMode.Drain)
        {
            _draining.Cancel();
        }
        else
        {
            _ = EndDrainingAtAsync(Left);
        }

        if (mode == ShutdownMode.Abort)
        {
            cancelQueued();
            EndWorkers();
        }
        else if (endsWorkers)
        {
            // They know an earlier demand alone.
            EndWorkers(_announces);
        }
    }

    /// <summary>Runs all that was accepted, unless a stricter mode is asked for.</summary>
    /// <param name="waitForIdle">Waits until nothing is queued and nothing runs.</param>
    /// <param name="announces">Whether the shutdown is to be an event; one without a handler could not be taken while
    /// the pool is suspended.</param>
    /// <returns>Whether the pool goes on, because a shutdown handler vetoed.</returns>
    public async Task<bool> DrainAsync(Func<CancellationToken, Task> waitForIdle, Func<bool> announces)
    {
        if (_draining.IsCancellationRequested)
        {
            return false;
        }

        // Several workers take at a time, so "after what is queued" means: when all of it has ended.
        await waitForIdle(_draining.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        PostedEvent announcement = new(owner, ControllerEvents.Shutdown.Name, null);
        if (!_draining.IsCancellationRequested && announces())
        {
            queue.Add(new QueuedEvent(announcement), force: true);
            await waitForIdle(_draining.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        // It is no event: it must not be taken any more, and is not counted.
        announcement.TrySettleQueued(EventOutcome.Cancelled);
        bool vetoed = announcement.Status == PendingStatus.Skipped && !_draining.IsCancellationRequested;
        await _draining.CancelAsync().ConfigureAwait(false);
        return vetoed;
    }

    /// <summary>Ends the workers.</summary>
    /// <returns>The report to complete with, once the pool has closed.</returns>
    public async Task<ShutdownReport> EndAsync()
    {
        lock (_gate)
        {
            _announces = _mode == ShutdownMode.Finish;
            _mode = _mode == ShutdownMode.Drain ? ShutdownMode.Finish : _mode;
        }

        cancelQueued();
        ShutdownReport[] reports = await Task.WhenAll(EndWorkers(_announces)).ConfigureAwait(false);
        cancelQueued();
        return new ShutdownReport(0, 0, reports.Sum(report => report.Abandoned))
        {
            AdapterErrors = [.. reports.SelectMany(report => report.AdapterErrors)],
        };
    }

    public void Complete(ShutdownReport report)
    {
        _draining.Cancel();
        EventCounts counts = ended() - _before;
        _report.TrySetResult(
            report with
            {
                Completed = counts.Completed,
                Failed = counts.Failed,
                Cancelled = counts.Cancelled,
            }
        );
    }

    private Task<ShutdownReport>[] EndWorkers(bool announce = false)
    {
        ShutdownMode mode;
        TimeSpan left;
        lock (_gate)
        {
            // A demand that comes later tells the workers itself.
            _endsWorkers = true;
            mode = _mode;
            left = Left < Overtime ? Overtime : Left;
        }

        Task<ShutdownReport>[] reports =
        [
            .. workersToEnd(this).Select((worker, i) => worker.Loop.Shutdown(mode, left, announce && i == 0)),
        ];

        // A worker that has ended already has nothing more to report: its first answer counts.
        return Interlocked.CompareExchange(ref _reports, reports, null) ?? reports;
    }

    private async Task EndDrainingAtAsync(TimeSpan left)
    {
        await DueTimer
            .DelayAsync(left, timeProvider, _draining.Token)
            .ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _draining.Cancel();
    }
}
