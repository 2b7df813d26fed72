namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Limits the thread pool to one free thread for a while, so that its items run one after another, in the order of its
/// queue.
/// </summary>
/// <remarks>
/// <para>
/// Both limits of the pool are equal during that time. With only the upper limit set, the pool would start fewer
/// threads than it allows, and add one every half second while nothing makes progress.
/// </para>
/// <para>
/// One simulation at a time has the share. If other code of the process occupies the free thread for long, the pool
/// gets another thread, and the order of its items may change.
/// </para>
/// </remarks>
internal sealed class PoolShare : IDisposable
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly Lock Gate = new();
    private readonly PoolLimits _before;

    // Under Gate.
    private static PoolLimits? _ours;
    private bool _isGivenBack;

    /// <summary>Takes the share. The calling thread must not be a thread of the pool.</summary>
    private PoolShare()
    {
        BusyForGood = PoolQuiet.LookAround();
        lock (Gate)
        {
            _before = PoolLimits.Read();
            _ours = Equal(BusyForGood + 1).Set();
        }
    }

    /// <summary>The number of threads that other code occupies for good.</summary>
    public int BusyForGood { get; }

    /// <summary>
    /// Waits until no other simulation has the share, then takes it. The caller occupies no thread while it awaits
    /// this, so its thread does not count as busy.
    /// </summary>
    public static async Task<PoolShare> TakeAsync()
    {
        await Turn.WaitAsync().ConfigureAwait(false);
        TaskCompletionSource<PoolShare> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => taken.SetResult(new PoolShare())) { IsBackground = true, Name = "simulation" }.UnsafeStart();
        return await taken.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Gives the pool another thread when nothing makes progress, unless other code has changed the limits.
    /// </summary>
    public static void Widen()
    {
        lock (Gate)
        {
            PoolLimits now = PoolLimits.Read();
            _ours = now == _ours ? Equal(now.Most + 1).Set() : _ours;
        }
    }

    /// <summary>Limits the pool to one free thread again, unless other code has changed the limits.</summary>
    /// <param name="busyForGood">The number of threads that other code occupies for good.</param>
    public static void Narrow(int busyForGood)
    {
        lock (Gate)
        {
            _ours = PoolLimits.Read() == _ours ? Equal(busyForGood + 1).Set() : _ours;
        }
    }

    /// <summary>Restores the limits of the pool. A limit that other code has changed stays.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (_isGivenBack)
            {
                return;
            }

            _isGivenBack = true;
            PoolLimits now = PoolLimits.Read();
            PoolLimits then = new(
                now.Least == _ours?.Least ? _before.Least : now.Least,
                now.Most == _ours?.Most ? _before.Most : now.Most
            );

            // The raised lower limit makes the pool start these threads at once; otherwise it would add one every half
            // second. The pool keeps the threads when the limit is lowered again.
            (then with { Least = then.Least + BusyForGood }).Set();
            then.Set();
            _ours = null;
        }

        Turn.Release();
    }

    private static PoolLimits Equal(int threads) => new(threads, threads);
}
