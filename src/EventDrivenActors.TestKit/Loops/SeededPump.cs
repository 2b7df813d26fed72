namespace EventDrivenActors.TestKit.Loops;

/// <summary>Runs a test and all its loops on one thread; a seed chooses what comes next.</summary>
/// <remarks>
/// Work from other threads, such as the thread pool, is admitted only when nothing else is left to do, so that it does not come in at random.
/// </remarks>
internal sealed class SeededPump(LoopWork work, int seed) : IPump
{
    private readonly Random _random = new(seed);
    private readonly PoolRest _pool = new();
    private readonly List<Action> _ready = [];
    private readonly Queue<TaskCompletionSource> _waiting = [];
    private readonly Queue<Action> _arrived = [];
    private int _thread;
    private bool _closed;

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
                _arrived.Enqueue(action);
                Monitor.Pulse(_arrived);
                return;
            }
        }

        work.Run(action);
    }

    /// <summary>Gives the remaining work back to the thread pool.</summary>
    public void Close()
    {
        work.Pump = null;
        Volatile.Write(ref _thread, 0);
        lock (_arrived)
        {
            _closed = true;
            _ready.AddRange(_arrived);
        }

        _ready.ForEach(work.Run);
    }

    /// <summary>Completes when nothing else is left to do. On the pump's thread only.</summary>
    public Task WhenQuietAsync()
    {
        TaskCompletionSource source = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting.Enqueue(source);
        return source.Task;
    }

    /// <summary>Runs a test to its end on the calling thread.</summary>
    /// <returns>The test's task; <see langword="null"/> when nothing was left to do and the test had not ended.</returns>
    public Task? Run(Func<Task> body)
    {
        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        Task? test = null;
        work.Execute(() => test = Start(body));
        while (true)
        {
            while (_ready.Count > 0)
            {
                work.Execute(Take());
            }

            // The work that the thread pool still does is waited for, so that its results are admitted as one batch each time.
            _pool.Wait();
            if (Admit())
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
            else if (!WaitForArrival())
            {
                return null;
            }
        }
    }

    private static async Task Start(Func<Task> body) => await body().ConfigureAwait(true);

    private Action Take()
    {
        int index = _random.Next(_ready.Count);
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

    /// <summary>The test may wait for something real.</summary>
    private bool WaitForArrival()
    {
        lock (_arrived)
        {
            return _arrived.Count > 0 || Monitor.Wait(_arrived, work.QuietLimit);
        }
    }
}
