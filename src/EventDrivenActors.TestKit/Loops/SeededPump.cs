namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs a test and all its loops on one thread; a seed chooses what comes next.</summary>
/// <remarks>
/// Work from other threads, such as the thread pool, is admitted only when nothing else is left to do, so that it does
/// not come in at random. In a simulation each step is an item of the thread pool, on the one free thread that it has:
/// what a step gives to the pool runs after it, never beside it, and is admitted before the next step.
/// </remarks>
/// <param name="work">What it runs.</param>
/// <param name="choose">Chooses one of so many actions that could be next.</param>
/// <param name="share">The one free thread of the pool in a simulation; otherwise all steps run on the thread that
/// calls <see cref="Run"/>.</param>
internal sealed partial class SeededPump(LoopWork work, Func<int, int> choose, PoolShare? share = null)
    : IPump,
        IThreadPoolWorkItem
{
    /// <summary>
    /// After so long without a step, or a look whether one may come, the pool gets another thread: code that is no part
    /// of the simulation has taken its thread, or a step blocks it.
    /// </summary>
    private static readonly TimeSpan Stall = TimeSpan.FromSeconds(1);

    /// <summary>
    /// After so many looks, which take a few seconds of one processor, the other threads that are at work count as busy
    /// for good.
    /// </summary>
    private const int MostLooks = 8_000_000;
    private readonly PoolRest _pool = new(share?.BusyForGood);
    private readonly List<Action> _ready = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly Queue<Action> _arrived = [];
    private readonly Queue<Action> _strange = [];
    private readonly ManualResetEventSlim _noneIsReady = new();
    private int _thread;
    private long _steps;
    private long _looks;
    private int _looksOfStep;
    private bool _closed;

    /// <summary>
    /// Is called at each instant at which nothing is left to do, on the pump's thread; with false it ends the run.
    /// </summary>
    public Func<bool>? OnQuiet { get; init; }

    /// <summary>
    /// Is called when nothing will happen by itself any more and the test has not ended, on the pump's thread.
    /// </summary>
    /// <returns>Whether something may happen now; absent, something real is waited for.</returns>
    public Func<bool>? OnStandstill { get; init; }

    /// <summary>After so many steps the test is taken for endless.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>How many actions have run. Any thread.</summary>
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

    /// <summary>Gives the remaining work back to the thread pool.</summary>
    public void Close()
    {
        Volatile.Write(ref _thread, 0);
        Abandon();
        _ready.ForEach(work.Run);
        _ready.Clear();
    }

    /// <summary>
    /// Gives up on the pump's thread, which an action blocks: what comes from now on runs on the thread pool. Any
    /// thread.
    /// </summary>
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
    /// The test's task; <see langword="null"/> when the test has not ended, because nothing was left to do, or it is
    /// endless, or the run was ended.
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
                // The work that the thread pool still does is waited for, so that its results are admitted as one batch
                // each time.
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
