using System.Collections.Concurrent;
using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Forwarding;

/// <summary>The events whose outcome is known and whose reports are still being heard.</summary>
internal sealed class LateReports
{
    /// <summary>How long the listeners of an event may take after its child has died.</summary>
    public static readonly TimeSpan AfterDeath = TimeSpan.FromMilliseconds(500);

    private readonly ConcurrentDictionary<ReportQueue, bool> _queues = [];

    public void Add(ReportQueue queue) => _queues[queue] = true;

    public void Remove(ReportQueue queue) => _queues.TryRemove(queue, out _);

    /// <summary>Waits a moment for the listeners, and then settles those events as they have ended: what closes after that cannot give them another outcome.</summary>
    public async Task SettleAsync()
    {
        ReportQueue[] late = [.. _queues.Keys];
        if (late.Length == 0)
        {
            return;
        }

        TaskCompletionSource over = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using IDisposable limit = EndWatch.OfProcess.After(AfterDeath, () => over.TrySetResult());
        await Task.WhenAny(Task.WhenAll(late.Select(queue => queue.Delivered)), over.Task).ConfigureAwait(false);
        Array.ForEach(late, queue => queue.SettleNow());
    }
}
