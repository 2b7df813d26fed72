namespace EventDrivenActors.TestSupport;

/// <summary>The one long time-out: what it ends would have hung for ever.</summary>
public static class HangGuard
{
    public static TimeSpan Limit { get; } = TimeSpan.FromSeconds(30);

    public static Task Guarded(this Task task) => task.WaitAsync(Limit);

    public static Task<TResult> Guarded<TResult>(this Task<TResult> task) => task.WaitAsync(Limit);

    public static Task<IReadOnlyList<object?>> Guarded(this Pending pending) => pending.AsTask().WaitAsync(Limit);

    public static Task<TResult> Guarded<TResult>(this Pending<TResult> pending) => pending.AsTask().WaitAsync(Limit);

    public static Task<PendingStatus> StatusAsync(this Pending pending) => pending.SettledAsync().WaitAsync(Limit);
}
