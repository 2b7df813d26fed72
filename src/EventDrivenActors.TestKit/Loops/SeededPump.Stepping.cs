namespace EventDrivenActors.TestKit.Loops;

/// <content>Single steps, and the work of other threads.</content>
internal sealed partial class SeededPump
{
    /// <summary>Waits until another thread adds work. On the pump's thread only.</summary>
    /// <returns>Whether work was added within the limit.</returns>
    public bool WaitForArrival(TimeSpan limit)
    {
        lock (_arrived)
        {
            return _arrived.Count > 0 || _strange.Count > 0 || Monitor.Wait(_arrived, limit);
        }
    }

    /// <summary>
    /// Whether the seed cannot order what the calling thread adds. In a simulation these are the threads outside of the
    /// pool, such as that of the garbage collector, which finds unobserved failures. Their work runs when nothing else
    /// is left, and does not count as a step.
    /// </summary>
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

    /// <returns>False after too many steps.</returns>
    private bool RunReady()
    {
        while (_ready.Count > 0 && !Volatile.Read(ref _closed))
        {
            if (_steps >= MostSteps)
            {
                return false;
            }

            Step();
        }

        return true;
    }

    private void Step()
    {
        Volatile.Write(ref _steps, _steps + 1);
        work.Execute(Take());
    }

    /// <inheritdoc cref="RunReady"/>
    private bool RunReadyInPool()
    {
        _noneIsReady.Reset();
        Volatile.Write(ref _thread, 0);
        Again();
        bool isWide = false;
        for (long before = -1; !_noneIsReady.Wait(Stall);)
        {
            if (Volatile.Read(ref _closed))
            {
                return false;
            }

            long done = Steps + Volatile.Read(ref _looks);
            if (done == before)
            {
                PoolShare.Widen();
                isWide = true;
            }

            before = done;
        }

        if (isWide)
        {
            PoolShare.Narrow(_pool.BusyForGood);
        }

        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        return _ready.Count == 0 || Volatile.Read(ref _closed);
    }

    /// <summary>Runs one step when the pool has nothing else to do, then queues the next.</summary>
    void IThreadPoolWorkItem.Execute()
    {
        bool isClosed = Volatile.Read(ref _closed);
        if (!isClosed && !_pool.IsQuiet() && _looksOfStep++ < MostLooks)
        {
            Volatile.Write(ref _looks, _looks + 1);
            Again();
            return;
        }

        if (_looksOfStep > MostLooks)
        {
            _pool.LookAgain();
        }

        _looksOfStep = 0;
        if (isClosed || !Admit() || _steps >= MostSteps)
        {
            _noneIsReady.Set();
            return;
        }

        Volatile.Write(ref _thread, Environment.CurrentManagedThreadId);
        Step();
        Volatile.Write(ref _thread, 0);
        Again();
    }

    private void Again() => ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);

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
