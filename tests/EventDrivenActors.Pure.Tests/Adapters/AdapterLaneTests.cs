using Akka.Event;
using EventDrivenActors.Adapters;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Pure.Tests.Adapters;

public sealed class AdapterLaneTests
{
    private static readonly AsyncLocal<string?> Mine = new();
    private readonly ProbingTime _time = new();
    private readonly AdapterLane _lane;

    public AdapterLaneTests() =>
        _lane = new AdapterLane(_time, new ControllerLog(new TaskCompletionSource<ILoggingAdapter>().Task, "lane"));

    [Fact]
    public async Task Clock_IsNeverUsedUnderTheGate()
    {
        // A clock with a lock of its own can be used by another thread that holds this lock and waits for the gate.
        using ManualResetEventSlim released = new();
        TaskCompletionSource entered = new();
        int probes = 0;
        int blocked = 0;
        _time.Used = () =>
        {
            Interlocked.Increment(ref probes);
            Thread other = new(_lane.Release) { IsBackground = true };
            other.Start();
            if (!other.Join(HangGuard.Limit))
            {
                Interlocked.Increment(ref blocked);
            }
        };
        _lane.Add(
            new AdapterCall(
                "adapter",
                "blocks",
                () =>
                {
                    entered.SetResult();
                    released.Wait(HangGuard.Limit);
                }
            )
        );
        await entered.Task.Guarded();
        Journal<(string Callback, TimeSpan Limit)> left = new();

        Task ended = EndAsync(left);
        Assert.NotEqual(0, probes);
        _time.Fire();

        await ended.Guarded();
        Assert.Equal(0, blocked);
        Assert.Equal([("blocks", TimeSpan.FromSeconds(2))], left.Entries);
        released.Set();
    }

    [Fact]
    public async Task TimerOfACall_HasNothingOfTheCodeThatEndsTheRun()
    {
        using ManualResetEventSlim released = new();
        TaskCompletionSource entered = new();
        Journal<string?> flows = new();
        _time.Created = () => flows.Add(Mine.Value);
        _lane.Add(
            new AdapterCall(
                "adapter",
                "blocks",
                () =>
                {
                    entered.SetResult();
                    released.Wait(HangGuard.Limit);
                }
            )
        );
        await entered.Task.Guarded();

        Mine.Value = "the caller's";
        Task ended = EndAsync(new());
        released.Set();

        await ended.Guarded();
        Assert.All(flows.Entries, Assert.Null);
        Assert.NotEmpty(flows.Entries);
    }

    private Task EndAsync(Journal<(string Callback, TimeSpan Limit)> left) =>
        _lane.EndAsync(
            () =>
            {
                _ = _time.GetTimestamp();
                return TimeSpan.FromSeconds(2);
            },
            (call, limit) => left.Add((call.Callback, limit))
        );

    /// <summary>A clock that stands still, and says of each use.</summary>
    private sealed class ProbingTime : TimeProvider
    {
        private readonly List<Action> _timers = [];
        private long _now = 1;

        public Action? Used { get; set; }

        public Action? Created { get; set; }

        public override long GetTimestamp()
        {
            Used?.Invoke();
            return Volatile.Read(ref _now);
        }

        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        {
            Used?.Invoke();
            Created?.Invoke();
            Timer timer = new(this);
            lock (_timers)
            {
                _timers.Add(() => (timer.IsSet ? callback : null)?.Invoke(state));
            }

            return timer;
        }

        /// <summary>Moves on so far that all timers are due.</summary>
        public void Fire()
        {
            Volatile.Write(ref _now, 1L << 40);
            Action[] timers;
            lock (_timers)
            {
                timers = [.. _timers];
            }

            Array.ForEach(timers, timer => timer());
        }

        private sealed class Timer(ProbingTime time) : ITimer
        {
            public bool IsSet { get; private set; }

            public bool Change(TimeSpan dueTime, TimeSpan period)
            {
                time.Used?.Invoke();
                IsSet = dueTime != Timeout.InfiniteTimeSpan;
                return true;
            }

            public void Dispose()
            {
                time.Used?.Invoke();
                IsSet = false;
            }

            public ValueTask DisposeAsync()
            {
                Dispose();
                return ValueTask.CompletedTask;
            }
        }
    }
}
