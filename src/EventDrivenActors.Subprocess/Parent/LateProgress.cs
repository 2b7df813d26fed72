using System.Collections.Concurrent;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>The events whose outcome is known and whose progress is still being heard.</summary>
/// <param name="time">The clock of children that have ended.</param>
internal sealed class LateProgress(TimeProvider time)
{
    /// <summary>How long the listeners of an event may take after its child has died.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(500);

    // Any thread.
    private readonly ConcurrentDictionary<ProgressQueue, long> _queues = [];
    private long _added;

    public void Add(ProgressQueue queue) => _queues[queue] = Interlocked.Increment(ref _added);

    public void Remove(ProgressQueue queue) => _queues.TryRemove(queue, out _);

    /// <summary>
    /// Calls back when the listeners of an event have had the time that they may take after its child has died.
    /// </summary>
    public IDisposable AfterDeath(Action then) => EndWatch.After(Patience, then, time);

    /// <summary>
    /// Waits a moment for the listeners, and then settles those events as they have ended: what closes after that
    /// cannot give them another outcome.
    /// </summary>
    public async Task SettleAsync()
    {
        ProgressQueue[] late = [.. _queues.OrderBy(queue => queue.Value).Select(queue => queue.Key)];
        if (late.Length == 0)
        {
            return;
        }

        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable limit = AfterDeath(() => over.TrySetResult());
        await Task.WhenAny(Task.WhenAll(late.Select(queue => queue.Delivered)), over.Task).ConfigureAwait(false);
        Array.ForEach(late, queue => queue.SettleNow());
    }
}
