namespace EventDrivenActors.TestKit.Loops;

/// <summary>
/// Leaves the thread pool one free thread for a while, so that what hops over the pool comes one after the other, in
/// its order in the queue.
/// </summary>
/// <remarks>
/// <para>
/// Both limits of the pool are the same meanwhile. With the upper limit alone the pool would not use what it allows: it
/// starts fewer threads than that, and adds one every half second where nothing goes on.
/// </para>
/// <para>
/// Simulations take turns. Other code of the process may take the free thread for long: then the pool gets another one,
/// and the order of the hops may be another one too.
/// </para>
/// </remarks>
internal sealed class PoolShare : IDisposable
{
    private static readonly SemaphoreSlim Turn = new(1, 1);
    private static readonly Lock Gate = new();
    private static PoolLimits? _ours;
    private readonly PoolLimits _before;
    private bool _isGivenBack;

    /// <summary>Takes the share. The caller is to be no thread of the pool.</summary>
    private PoolShare()
    {
        BusyForGood = PoolRest.LookAround();
        lock (Gate)
        {
            _before = PoolLimits.Read();
            _ours = Equal(BusyForGood + 1).Set();
        }
    }

    /// <summary>How many threads are busy for good with something else.</summary>
    public int BusyForGood { get; }

    /// <summary>
    /// Takes the share when no other simulation has it. The caller's thread is none of those that are busy for good
    /// while it awaits this.
    /// </summary>
    public static async Task<PoolShare> TakeAsync()
    {
        await Turn.WaitAsync().ConfigureAwait(false);
        TaskCompletionSource<PoolShare> taken = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() => taken.SetResult(new PoolShare())) { IsBackground = true, Name = "simulation" }.UnsafeStart();
        return await taken.Task.ConfigureAwait(false);
    }

    /// <summary>
    /// Nothing goes on: the pool gets another thread, unless other code has set the limits meanwhile.
    /// </summary>
    public static void Widen()
    {
        lock (Gate)
        {
            PoolLimits now = PoolLimits.Read();
            _ours = now == _ours ? Equal(now.Most + 1).Set() : _ours;
        }
    }

    /// <summary>The pool has one free thread again.</summary>
    /// <param name="busyForGood">How many are busy for good with something else.</param>
    public static void Narrow(int busyForGood)
    {
        lock (Gate)
        {
            _ours = PoolLimits.Read() == _ours ? Equal(busyForGood + 1).Set() : _ours;
        }
    }

    /// <summary>Gives the pool back its threads. A limit that other code has set meanwhile stays.</summary>
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

            // So many threads are free at once; the pool would add them one every half second. It keeps to that when
            // the limit is lower again.
            (then with { Least = then.Least + BusyForGood }).Set();
            then.Set();
            _ours = null;
        }

        Turn.Release();
    }

    private static PoolLimits Equal(int threads) => new(threads, threads);
}
