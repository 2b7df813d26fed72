using EventDrivenActors.Sessions;

namespace EventDrivenActors.Handlers;

/// <summary>Makes submissions of functions whose signature is known, so nothing is bound by reflection.</summary>
/// <remarks>A method is named after the function's result: none, a value, or a task of one kind.</remarks>
internal static partial class FunctionCall
{
    public static Submission Action(Action function) =>
        Of(function, [], static (c, s) =>
        {
            c.As<Action>()();
            return default;
        });

    public static Submission Value<TResult>(Func<TResult> function) =>
        Of(function, [], static (c, s) => BoundResult<TResult>.Convert(c.As<Func<TResult>>()()));

    public static Submission Task(Func<Task> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Task>>()()));

    public static Submission TaskOf<TResult>(Func<Task<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTaskOf(c.As<Func<Task<TResult>>>()()));

    public static Submission ValueTask(Func<ValueTask> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTask(c.As<Func<ValueTask>>()()));

    public static Submission ValueTaskOf<TResult>(Func<ValueTask<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<ValueTask<TResult>>>()()));

    public static Submission Action<T1>(Action<T1> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) =>
        {
            c.As<Action<T1>>()(c.At<T1>(0));
            return default;
        });

    public static Submission Value<T1, TResult>(Func<T1, TResult> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult<TResult>.Convert(c.As<Func<T1, TResult>>()(c.At<T1>(0))));

    public static Submission Task<T1>(Func<T1, Task> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromTask(c.As<Func<T1, Task>>()(c.At<T1>(0))));

    public static Submission TaskOf<T1, TResult>(Func<T1, Task<TResult>> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromTaskOf(c.As<Func<T1, Task<TResult>>>()(c.At<T1>(0))));

    public static Submission ValueTask<T1>(Func<T1, ValueTask> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromValueTask(c.As<Func<T1, ValueTask>>()(c.At<T1>(0))));

    public static Submission ValueTaskOf<T1, TResult>(Func<T1, ValueTask<TResult>> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromValueTaskOf(
            c.As<Func<T1, ValueTask<TResult>>>()(c.At<T1>(0))));

    public static Submission Action<T1, T2>(Action<T1, T2> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) =>
        {
            c.As<Action<T1, T2>>()(c.At<T1>(0), c.At<T2>(1));
            return default;
        });

    public static Submission Value<T1, T2, TResult>(Func<T1, T2, TResult> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult<TResult>.Convert(
            c.As<Func<T1, T2, TResult>>()(c.At<T1>(0), c.At<T2>(1))));

    public static Submission Task<T1, T2>(Func<T1, T2, Task> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromTask(
            c.As<Func<T1, T2, Task>>()(c.At<T1>(0), c.At<T2>(1))));

    public static Submission TaskOf<T1, T2, TResult>(Func<T1, T2, Task<TResult>> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromTaskOf(
            c.As<Func<T1, T2, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1))));

    public static Submission ValueTask<T1, T2>(Func<T1, T2, ValueTask> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromValueTask(
            c.As<Func<T1, T2, ValueTask>>()(c.At<T1>(0), c.At<T2>(1))));

    public static Submission ValueTaskOf<T1, T2, TResult>(
        Func<T1, T2, ValueTask<TResult>> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromValueTaskOf(
            c.As<Func<T1, T2, ValueTask<TResult>>>()(c.At<T1>(0), c.At<T2>(1))));

    public static Submission Action<T1, T2, T3>(Action<T1, T2, T3> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) =>
        {
            c.As<Action<T1, T2, T3>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2));
            return default;
        });

    public static Submission Value<T1, T2, T3, TResult>(
        Func<T1, T2, T3, TResult> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, T2, T3, TResult>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))));

    public static Submission Task<T1, T2, T3>(Func<T1, T2, T3, Task> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromTask(
            c.As<Func<T1, T2, T3, Task>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))));

    public static Submission TaskOf<T1, T2, T3, TResult>(
        Func<T1, T2, T3, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, T2, T3, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))));

    public static Submission ValueTask<T1, T2, T3>(Func<T1, T2, T3, ValueTask> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, T2, T3, ValueTask>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))));

    public static Submission ValueTaskOf<T1, T2, T3, TResult>(
        Func<T1, T2, T3, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<T1, T2, T3, ValueTask<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))));

    public static Submission Action<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) =>
        {
            c.As<Action<T1, T2, T3, T4>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3));
            return default;
        });

    public static Submission Value<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, T2, T3, T4, TResult>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3))));

    public static Submission Task<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromTask(
             c.As<Func<T1, T2, T3, T4, Task>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3))));

    public static Submission TaskOf<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, T2, T3, T4, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3))));

    public static Submission ValueTask<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, T2, T3, T4, ValueTask>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3))));

    public static Submission ValueTaskOf<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromValueTaskOf(
            c.As<Func<T1, T2, T3, T4, ValueTask<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3))));

    public static Submission Action(Action<Session> function) =>
        Of(function, [], static (c, s) =>
        {
            c.As<Action<Session>>()(s);
            return default;
        });

    public static Submission Value<TResult>(Func<Session, TResult> function) =>
        Of(function, [], static (c, s) => BoundResult<TResult>.Convert(c.As<Func<Session, TResult>>()(s)));

    public static Submission Task(Func<Session, Task> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Session, Task>>()(s)));

    public static Submission TaskOf<TResult>(Func<Session, Task<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTaskOf(c.As<Func<Session, Task<TResult>>>()(s)));

    public static Submission ValueTask(Func<Session, ValueTask> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTask(c.As<Func<Session, ValueTask>>()(s)));

    public static Submission ValueTaskOf<TResult>(Func<Session, ValueTask<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<Session, ValueTask<TResult>>>()(s)));

    private static Submission Of(
        Delegate function,
        object?[] arguments,
        Func<Submission, Session, Returned> invoker
   ) => new(function, arguments, (Delegate)invoker);
}
