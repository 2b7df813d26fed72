namespace EventDrivenActors.TestKit.Loops;

/// <summary>Waits until the thread pool has nothing queued and nothing at work.</summary>
/// <remarks>
/// The loops' own work is counted exactly; this is for the hops in between, such as the callbacks of a token. Threads
/// that are busy for good, as a test runner's may be, are taken into account: those that are busy at each of many looks
/// when it is made, and any others when for half a second the pool has ended nothing and the process has hardly used a
/// processor. On a busy machine work may take longer than that, and compiling it alone may.
/// </remarks>
/// <param name="busyForGood">How many threads are taken for busy for good to begin with; null to look around.</param>
/// <param name="queued">How many items wait in the pool; absent, in that of the process.</param>
/// <param name="threads">How many of its threads are busy beside the caller's.</param>
internal sealed class PoolQuiet(int? busyForGood = null, Func<long>? queued = null, Func<int>? threads = null)
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan Idle = Moment / 10;
    private const int MostMoments = 20;
    private const int LooksAround = 1_000;

    // Any thread.
    private static int _lastFewest;

    // The thread that looks; one at a time.
    private int _busyForGood = busyForGood ?? LookAround();

    /// <summary>How many threads are taken for busy for good, the caller's not counted.</summary>
    public int BusyForGood => _busyForGood;

    public void Wait()
    {
        for (int moments = 0; moments < MostMoments; moments++)
        {
            long ended = ThreadPool.CompletedWorkItemCount;
            TimeSpan used = Environment.CpuUsage.TotalTime;
            if (SpinWait.SpinUntil(IsQuiet, Moment))
            {
                return;
            }

            if (ended == ThreadPool.CompletedWorkItemCount && Environment.CpuUsage.TotalTime - used < Idle)
            {
                break;
            }
        }

        LookAgain();
    }

    /// <summary>Takes the threads that are busy now for busy for good.</summary>
    public void LookAgain() => _busyForGood = Busy(Self);

    /// <summary>
    /// How many threads of the pool are busy for good, as far as can be seen: the fewest that are, looking so many
    /// times.
    /// </summary>
    /// <remarks>
    /// On a busy machine a thread that has work may wait for a processor during all these looks, so they go on for a
    /// while where more are busy than the last time.
    /// </remarks>
    public static int LookAround()
    {
        long started = TimeProvider.System.GetTimestamp();
        int fewest = Busy(Self);
        SpinWait spin = default;
        for (int looks = 0; fewest > 0 && (looks < LooksAround || IsTooEarly()); looks++)
        {
            spin.SpinOnce(sleep1Threshold: -1);
            fewest = Math.Min(fewest, Busy(Self));
        }

        Volatile.Write(ref _lastFewest, fewest);
        return fewest;

        bool IsTooEarly() =>
            fewest > Volatile.Read(ref _lastFewest) && TimeProvider.System.GetElapsedTime(started) < Moment;
    }

    private static int Self => Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;

    /// <summary>
    /// Whether nothing is queued, and no thread is at work but the caller's and those that are busy for good.
    /// </summary>
    public bool IsQuiet()
    {
        // In this order: what is no longer queued keeps its thread busy until it has run. Looked at the other way
        // round, an item might be taken between the two looks, and be seen by neither.
        bool nothingIsQueued = (queued?.Invoke() ?? ThreadPool.PendingWorkItemCount) == 0;
        int busy = threads?.Invoke() ?? Busy(Self);

        // Where fewer threads are busy than are known to be so for good, one of those has just ended, and others may
        // be about to.
        bool noneMore = busy == _busyForGood;
        _busyForGood = Math.Min(_busyForGood, busy);
        return nothingIsQueued && noneMore;
    }

    private static int Busy(int self)
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return most - available - self;
    }
}
