namespace EventDrivenActors.TestSupport;

/// <summary>
/// A thread like that of a window that blocks: continuations in its synchronization context or on its scheduler never
/// run.
/// </summary>
public static class DeafThread
{
    /// <summary>Blocks such a thread on a task.</summary>
    public static Task RunAsync(Func<Task> begin) =>
        RunAsync(async () =>
        {
            await begin().ConfigureAwait(false);
            return true;
        });

    /// <summary>Blocks such a thread on a task and gives its result.</summary>
    public static async Task<TResult> RunAsync<TResult>(Func<Task<TResult>> begin)
    {
        await OnThreadAsync(() =>
            {
                SynchronizationContext.SetSynchronizationContext(new Context());
                return begin().GetAwaiter().GetResult();
            })
            .Guarded();
        return await OnThreadAsync(() => new Task<TResult>(() => begin().GetAwaiter().GetResult()), new Scheduler())
            .Guarded();
    }

    private static Task<TResult> OnThreadAsync<TResult>(Func<TResult> run)
    {
        TaskCompletionSource<TResult> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        new Thread(() =>
        {
            try
            {
                done.SetResult(run());
            }
            catch (Exception exception)
            {
                done.SetException(exception);
            }
        })
        {
            IsBackground = true,
        }.Start();
        return done.Task;
    }

    private static Task<TResult> OnThreadAsync<TResult>(Func<Task<TResult>> make, Scheduler scheduler) =>
        OnThreadAsync(() =>
        {
            Task<TResult> task = make();
            scheduler.Only = task;
            task.RunSynchronously(scheduler);
            return task.GetAwaiter().GetResult();
        });

    private sealed class Context : SynchronizationContext
    {
        public override void Post(SendOrPostCallback callback, object? state) { }
    }

    private sealed class Scheduler : TaskScheduler
    {
        public Task? Only { get; set; }

        protected override void QueueTask(Task task) { }

        protected override bool TryExecuteTaskInline(Task task, bool taskWasPreviouslyQueued) =>
            ReferenceEquals(task, Only) && TryExecuteTask(task);

        protected override IEnumerable<Task> GetScheduledTasks() => [];
    }
}
