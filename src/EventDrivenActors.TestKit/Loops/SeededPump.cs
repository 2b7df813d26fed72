namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs a test and all its loops on one thread; a seed chooses what comes next.</summary>
/// <remarks>
/// Work from other threads, such as the thread pool, is admitted only when nothing else is left to do, so that it does not come in at random; in a simulation, after each step.
/// </remarks>
/// <param name="work">What it runs.</param>
/// <param name="choose">Chooses one of so many actions that could be next.</param>
/// <param name="share">With one, what a step has given to the thread pool is waited for before the next step.</param>
internal sealed class SeededPump(LoopWork work, Func<int, int> choose, PoolShare? share = null) : IPump
{
    private readonly PoolRest _pool = new(share?.BusyForGood);
    private readonly List<Action> _ready = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly Queue<Action> _arrived = [];
    private readonly Queue<Action> _strange = [];
    private int _thread;
    private long _steps;
    private bool _closed;

    /// <summary>Is called at each instant at which nothing is left to do, on the pump's thread; with false it ends the run.</summary>
    public Func<bool>? OnQuiet { get; init; }

    /// <summary>Is called when nothing will happen by itself any more and the test has not ended, on the pump's thread.</summary>
    /// <returns>Whether something may happen now; absent, something real is waited for.</returns>
    public Func<bool>? OnStandstill { get; init; }

    /// <summary>After so many steps the test is taken for endless.</summary>
    public long MostSteps { get; set; } = long.MaxValue;

    /// <summary>How many actions have run. Any thread.</summary>
    public long Steps => Volatile.Read(ref _steps);

    public void Add(Action action)
    {
        if (Environment.CurrentManagedThreadId == Volatile.Read(ref _thread))
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

    /// <summary>Gives up on the pump's thread, which an action blocks: what comes from now on runs on the thread pool. Any thread.</summary>
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
    /// <returns>The test's task; <see langword="null"/> when the test has not ended, because nothing was left to do, or it is endless, or the run was ended.</returns>
    public Task? Run(Func<Task> body)
    {
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        Task? test = null;
        work.Execute(() => test = Start(body));
        while (!Volatile.Read(ref _closed))
        {
            if (!RunReady())
            {
                return null;
            }

            // The work that the thread pool still does is waited for, so that its results are admitted as one batch each time.
            _pool.Wait();
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

    /// <summary>Waits for something real. On the pump's thread only.</summary>
    /// <returns>Whether it came within the limit.</returns>
    public bool WaitForArrival(TimeSpan limit)
    {
        lock (_arrived)
        {
            return _arrived.Count > 0 || _strange.Count > 0 || Monitor.Wait(_arrived, limit);
        }
    }

    /// <summary>In a simulation, what no seed can place: it comes from a thread such as that of the garbage collector, which finds failures that nobody observed, and is done when nothing else is left, without a number of its own.</summary>
    private bool IsStrange => share is not null && !Thread.CurrentThread.IsThreadPoolThread;

    private bool DoStrangeWork()
    {
        Action[] strange;
        lock (_arrived)
        {
            strange = [.. _strange];
            _strange.Clear();
        }

        if (strange.Length == 0)
        {
            return false;
        }

        int thread = _thread;
        Volatile.Write(ref _thread, 0);
        Array.ForEach(strange, work.Execute);
        Volatile.Write(ref _thread, thread);
        return true;
    }

    private static async Task Start(Func<Task> body) => await body().ConfigureAwait(true);

    /// <returns>False when there were too many steps.</returns>
    private bool RunReady()
    {
        while (_ready.Count > 0 && !Volatile.Read(ref _closed))
        {
            if (_steps >= MostSteps)
            {
                return false;
            }

            Volatile.Write(ref _steps, _steps + 1);
            work.Execute(Take());
            if (share is not null)
            {
                _pool.WaitBriefly();
                Admit();
            }
        }

        return true;
    }

    private Action Take()
    {
        int index = choose(_ready.Count);
        Action action = _ready[index];
        _ready.RemoveAt(index);
        return action;
    }

    private bool Admit()
    {
        lock (_arrived)
        {
            _ready.AddRange(_arrived);
            _arrived.Clear();
        }

        return _ready.Count > 0;
    }
}
