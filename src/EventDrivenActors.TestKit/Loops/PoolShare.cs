namespace EventDrivenActors.TestKit.Loops;

/// <summary>Leaves the thread pool one free thread for a while, so that what hops over the pool comes one after the other, in its order in the queue.</summary>
/// <remarks>Other code of the process may take that thread for long: then the pool gets another one, and the order of the hops may be another one too.</remarks>
internal sealed class PoolShare : IDisposable
{
    private static readonly Lock Gate = new();
    private static int _shares;
    private static (int Least, int Most) _before;

    /// <summary>Takes the share. The caller is to be no thread of the pool.</summary>
    private PoolShare()
    {
        BusyForGood = PoolRest.LookAround();
        lock (Gate)
        {
            if (_shares++ == 0)
            {
                ThreadPool.GetMinThreads(out int least, out int leastPorts);
                ThreadPool.GetMaxThreads(out int most, out int mostPorts);
                _before = (least, most);
                ThreadPool.SetMinThreads(1, leastPorts);
                ThreadPool.SetMaxThreads(BusyForGood + 1, mostPorts);
            }
        }
    }

    /// <summary>How many threads are busy for good with something else.</summary>
    public int BusyForGood { get; }

    /// <summary>Takes the share. The caller's thread is none of those that are busy for good while it awaits this.</summary>
    public static Task<PoolShare> TakeAsync()
    {
        TaskCompletionSource<PoolShare> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => taken.SetResult(new PoolShare())) { IsBackground = true, Name = "simulation" }.UnsafeStart();
        return taken.Task;
    }

    /// <summary>Nothing goes on: the pool gets another thread.</summary>
    public static void Widen()
    {
        lock (Gate)
        {
            ThreadPool.GetMaxThreads(out int most, out int mostPorts);
            ThreadPool.SetMaxThreads(Math.Min(most + 1, Math.Max(_before.Most, most)), mostPorts);
        }
    }

    /// <summary>Gives the pool back its threads.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (--_shares == 0)
            {
                ThreadPool.GetMinThreads(out _, out int leastPorts);
                ThreadPool.GetMaxThreads(out _, out int mostPorts);
                ThreadPool.SetMaxThreads(_before.Most, mostPorts);
                ThreadPool.SetMinThreads(_before.Least, leastPorts);
            }
        }
    }
}
