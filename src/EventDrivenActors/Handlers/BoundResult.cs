using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Handlers;

/// <summary>Converts what a handler returns to one form: a value, something that is awaited, or nothing.</summary>
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

    public static Returned FromTask(Task? task) =>
        task is null ? throw NoResult.NoTask()
        : task.IsCompletedSuccessfully ? default
        : new Returned(task, ReadNothing);

    public static Returned FromTaskOf<T>(Task<T>? task) =>
        task is null ? throw NoResult.NoTask()
        : BoundResult<T>.IsPlain ? FromPlainTask(new ValueTask<T>(task))
        : FromAny(task);

    public static Returned FromValueTask(ValueTask task) => FromTask(task.AsTask());

    public static Returned FromValueTaskOf<T>(ValueTask<T> task) =>
        BoundResult<T>.IsPlain ? FromPlainTask(task) : FromAny(task);

    /// <summary>A value of a type that can be awaited, or may hide one that can.</summary>
    public static Returned FromAny<T>(T value) =>
        Awaitable.Of(typeof(T)) is null && (value is null || Awaitable.Of(value.GetType()) is null)
            ? new Returned((object?)value)
            : FromPlainTask(new ValueTask<object?>(Awaitable.ToEndAsync(value, typeof(T))));

    /// <summary>
    /// Handlers that are one delegate: each is called when the one before it has ended; the last one's result counts,
    /// as for any delegate.
    /// </summary>
    public static Returned FromAll(Func<Session, Returned>[] handlers, Session session)
    {
        return FromPlainTask(new ValueTask<object?>(RunAsync()));

        async Task<object?> RunAsync()
        {
            object? result = null;
            foreach (Func<Session, Returned> handler in handlers)
            {
                Returned returned = handler(session);
                if (!returned.HasEnded)
                {
                    (EventFlow.Current(out _) as SessionFrame)?.StayInTurn();
                    await returned.Task.ConfigureAwait(
                        ConfigureAwaitOptions.SuppressThrowing | ConfigureAwaitOptions.ContinueOnCapturedContext
                    );
                }

                result = returned.HasEnded ? returned.Result : returned.ResultOfTask();
            }

            return result;
        }
    }

    private static Returned FromPlainTask<T>(ValueTask<T> task) =>
        task.IsCompletedSuccessfully ? new Returned((object?)task.Result) : new Returned(task.AsTask(), Reader<T>.Read);

    private static class Reader<T>
    {
        public static readonly Func<Task, object?> Read = static task =>
            new ValueTask<T>(Unsafe.As<Task<T>>(task)).Result;
    }
}
