namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs a test and all its loops on one thread; a seed chooses the order.</summary>
/// <remarks>
/// The pump admits work from other threads, such as those of the pool, only when nothing else is left to do, so that it
/// does not arrive at random. In a simulation each step is an item of the thread pool, which has one free thread: an
/// item that a step queues runs after the step, never in parallel, and the pump admits the work that it adds before the
/// next step.
/// </remarks>
/// <param name="work">The work to run.</param>
/// <param name="choose">Returns the index of the next action, out of this many.</param>
/// <param name="share">
/// The one free thread of the pool, in a simulation. Without it, all steps run on the thread that calls
/// <see cref="Run"/>.
/// </param>
internal sealed partial class SeededPump(LoopWork work, Func<int, int> choose, PoolShare? share = null)
    : IPump,
        IThreadPoolWorkItem
{
    /// <summary>
    /// After this time without a step, or a check whether one can run, the pool gets another thread: code outside of
    /// the simulation occupies its thread, or a step blocks it.
    /// </summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After this many checks, which take a few seconds of one processor, the other threads at work count as busy for
    /// good.
    /// </summary>
    private const int MostLooks = 8_000_000;
    private readonly ManualResetEventSlim _noneIsReady = new();

    // The pump's thread; in a simulation, the thread of a step while the pump's thread waits for it.
    private readonly PoolQuiet _pool = new(share?.BusyForGood);
    private readonly List<Action> _ready = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private int _looksOfStep;

    // Written by the same threads; read by any thread, by volatile reads.
    private int _thread;
    private long _steps;
    private long _looks;

    // Under the lock of _arrived.
    private readonly Queue<Action> _arrived = [];
    private readonly Queue<Action> _strange = [];

    // Written under the lock of _arrived; read by any thread.
    private bool _closed;

    /// <summary>Called on the pump's thread whenever nothing is left to do; it returns false to end the run.</summary>
    public Func<bool>? OnQuiet { get; init; }

    /// <summary>
    /// Called on the pump's thread when nothing more can happen by itself and the test has not ended.
    /// </summary>
    /// <returns>
    /// Whether something may happen now. Without this function, the pump waits for work from another thread.
    /// </returns>
    public Func<bool>? OnStandstill { get; init; }

    /// <summary>The number of steps after which the test counts as endless.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>The number of actions that have run. Any thread.</summary>
    public long Steps => Volatile.Read(ref _steps);

    public void Add(Action action)
    {
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref _thread) && !Volatile.Read(ref _closed))
        {
            _ready.Add(action);
            return;
        }

        lock (_arrived)
        {
            if (!_closed)
            {
                (IsStrange ? _strange : _arrived).Enqueue(action);
                Monitor.Pulse(_arrived);
                return;
            }
        }

        work.Run(action);
    }

    /// <summary>Gives the remaining work back to the thread pool. On the pump's thread.</summary>
    public void Close()
    {
        Volatile.Write(ref _thread, 0);
        Abandon();
        _ready.ForEach(work.Run);
        _ready.Clear();
    }

    /// <summary>Gives up a run that an action blocks: all further work runs on the thread pool. Any thread.</summary>
    public void Abandon()
    {
        Action[] arrived;
        lock (_arrived)
        {
            if (_closed)
            {
                return;
            }

            _closed = true;
            arrived = [.. _arrived, .. _strange];
            _arrived.Clear();
            _strange.Clear();
        }

        work.Pump = null;
        Array.ForEach(arrived, work.Run);
    }

    /// <summary>Completes when nothing else is left to do. On the pump's thread only.</summary>
    public Task WhenQuietAsync()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(source);
        return source.Task;
    }

    /// <summary>Runs a test to its end on the calling thread.</summary>
    /// <returns>
    /// The test's task, or <see langword="null"/> if the test has not ended: nothing was left to do, it took too many
    /// steps, or the run was ended.
    /// </returns>
    public Task? Run(Func<Task> body)
    {
        if (Volatile.Read(ref _closed))
        {
            return null;
        }

        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        Task? test = null;
        if (share is null)
        {
            work.Execute(() => test = Start(body));
        }
        else
        {
            _ready.Add(() => test = Start(body));
        }

        while (!Volatile.Read(ref _closed))
        {
            if (!(share is null ? RunReady() : RunReadyInPool()))
            {
                return null;
            }

            if (share is null)
            {
                // Wait for the thread pool, so that the pump admits its results as one batch.
                _pool.Wait();
            }

            if (Admit() || DoStrangeWork())
            {
                continue;
            }

            if (OnQuiet is { } onQuiet && !onQuiet())
            {
                return null;
            }

            if (_ready.Count > 0)
            {
                continue;
            }

            if (_waiting.TryDequeue(out TaskCompletionSource? quiet))
            {
                quiet.SetResult();
            }
            else if (test!.IsCompleted)
            {
                return test;
            }
            else if (OnStandstill is { } onStandstill ? !onStandstill() : !WaitForArrival(work.QuietLimit))
            {
                return null;
            }
        }

        return null;
    }
}
