namespace EventDrivenActors.TestSupport;

/// <summary>
/// The one long time-out: a wait that it ends would have hung for ever. It is long enough for a machine whose
/// processors are all busy with other work.
/// </summary>
public static class HangGuard
{
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(2);

    public static Task Guarded(this Task task) => task.WaitAsync(Limit);

    public static Task<TResult> Guarded<TResult>(this Task<TResult> task) => task.WaitAsync(Limit);

    public static Task<IReadOnlyList<object?>> Guarded(this Pending pending) => pending.AsTask().WaitAsync(Limit);

    public static Task<TResult> Guarded<TResult>(this Pending<TResult> pending) => pending.AsTask().WaitAsync(Limit);

    public static Task<PendingStatus> StatusAsync(this Pending pending) => pending.SettledAsync().WaitAsync(Limit);
}
