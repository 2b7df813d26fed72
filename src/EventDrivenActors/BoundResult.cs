using System.Runtime.CompilerServices;

namespace EventDrivenActors;

/// <summary>Stands for the result of a handler that returns nothing.</summary>
internal readonly struct NoResult;

/// <summary>Makes one form of whatever a handler returns: a value, a task, a value task, or nothing.</summary>
internal static class BoundResult
{
    private static readonly Func<Task, object?> ReadNothing = static task =>
    {
        task.ThrowIfFailed();
        return null;
    };

    public static TDelegate Retype<TDelegate>(Delegate handler)
        where TDelegate : Delegate => (TDelegate)Delegate.CreateDelegate(typeof(TDelegate), handler, "Invoke");

    public static Returned FromNothing(NoResult nothing) => default;

    public static Returned FromValue<T>(T value) => new((object?)value);

    public static Returned FromReturned(Returned returned) => returned;

    public static Returned FromTask(Task? task) => task is null ? throw NoTask()
        : task.IsCompletedSuccessfully ? default : new Returned(task, ReadNothing);

    public static Returned FromTaskOf<T>(Task<T>? task) => task is null ? throw NoTask() : FromValueTaskOf(new ValueTask<T>(task));

    public static Returned FromValueTask(ValueTask task) => FromTask(task.AsTask());

    public static Returned FromValueTaskOf<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? new Returned((object?)task.Result) : new Returned(task.AsTask(), Reader<T>.Read);

    private static InvalidOperationException NoTask() =>
        new("The handler returned null instead of a task; return Task.CompletedTask, or make the handler async.");

    private static class Reader<T>
    {
        public static readonly Func<Task, object?> Read = static task => new ValueTask<T>(Unsafe.As<Task<T>>(task)).Result;
    }
}
