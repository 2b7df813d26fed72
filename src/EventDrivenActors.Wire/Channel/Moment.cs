namespace EventDrivenActors.Wire.Channel;

/// <summary>Waits that have a limit.</summary>
internal static class Moment
{
    /// <summary>
    /// Waits until a task has ended, but not longer than a limit. Neither the task's failure nor the end of the time is
    /// one of the wait.
    /// </summary>
    /// <remarks>Nothing of it stays on the clock.</remarks>
    public static async Task ForAsync(Task ending, TimeSpan limit, TimeProvider time)
    {
        if (ending.IsCompleted)
        {
            return;
        }

        TaskCompletionSource due = new(TaskCreationOptions.RunContinuationsAsynchronously);
        using DueTimer timer = new(time, () => due.TrySetResult());
        timer.Set(limit);
        await Task.WhenAny(ending, due.Task).ConfigureAwait(false);
    }
}
