namespace EventDrivenActors;

/// <summary>Stands for the result of a handler that returns nothing.</summary>
internal readonly struct NoResult;

/// <summary>Makes a task of whatever a handler returns: a value, a task, a value task, or nothing.</summary>
internal static class BoundResult
{
    public static TDelegate Retype<TDelegate>(Delegate handler)
        where TDelegate : Delegate => (TDelegate)Delegate.CreateDelegate(typeof(TDelegate), handler, "Invoke");

    public static ValueTask<object?> FromNothing(NoResult nothing) => default;

    public static ValueTask<object?> FromValue<T>(T value) => new((object?)value);

    public static ValueTask<object?> FromTask(Task? task) => task is null ? throw NoTask()
        : task.IsCompletedSuccessfully ? default : FromValueTask(new ValueTask(task));

    public static ValueTask<object?> FromTaskOf<T>(Task<T>? task) =>
        task is null ? throw NoTask() : FromValueTaskOf(new ValueTask<T>(task));

    private static InvalidOperationException NoTask() =>
        new("The handler returned null instead of a task; return Task.CompletedTask, or make the handler async.");

    public static async ValueTask<object?> FromValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    public static ValueTask<object?> FromValueTaskOf<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new ValueTask<object?>((object?)task.Result) : Slow(task);

        static async ValueTask<object?> Slow(ValueTask<T> task) => await task;
    }
}
