namespace EventDrivenActors.TestKit.Loops;

/// <summary>Waits until the thread pool has nothing queued and nothing at work.</summary>
/// <remarks>
/// The loops' own work is counted exactly; this is for the hops in between, such as the callbacks of a token. Threads that are busy for good, as a test
/// runner's may be, are taken into account: those that are busy when it is made, and after half a second any others, count as part of a pool at rest.
/// </remarks>
internal sealed class PoolRest
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(500);
    private int _busyForGood = Busy(Self);

    public void Wait()
    {
        int self = Self;
        if (!SpinWait.SpinUntil(() => IsAtRest(self), Moment))
        {
            _busyForGood = Busy(self);
        }
    }

    private static int Self => Thread.CurrentThread.IsThreadPoolThread ? 1 : 0;

    private bool IsAtRest(int self)
    {
        int busy = Busy(self);
        _busyForGood = Math.Min(_busyForGood, busy);
        return busy == _busyForGood && ThreadPool.PendingWorkItemCount == 0;
    }

    private static int Busy(int self)
    {
        ThreadPool.GetMaxThreads(out int most, out _);
        ThreadPool.GetAvailableThreads(out int available, out _);
        return most - available - self;
    }
}
