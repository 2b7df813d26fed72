namespace EventDrivenActors.Pipeline;

/// <summary>Inbound filters linked into one delegate, once.</summary>
internal static class InboundChain
{
    public static InboundDelegate? Link(
        IReadOnlyList<Func<Session, InboundDelegate, ValueTask>> filters,
        InboundDelegate last
    )
    {
        if (filters.Count == 0)
        {
            return null;
        }

        InboundDelegate next = last;
        for (int i = filters.Count - 1; i >= 0; i--)
        {
            Func<Session, InboundDelegate, ValueTask> filter = filters[i];
            InboundDelegate rest = next;
            next = session => filter(session, rest);
        }

        return next;
    }

    /// <summary>Continuations do not run on the thread that completes the result.</summary>
    public static ValueTask Apart(ValueTask task) => task.IsCompleted ? task : AwaitApart(task);

    private static async ValueTask AwaitApart(ValueTask task)
    {
        Task whole = task.AsTask();
        await whole.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        // Only this runs on the thread that completes the task.
        await Task.CompletedTask.ConfigureAwait(ConfigureAwaitOptions.ForceYielding);
        await whole.ConfigureAwait(false);
    }
}
