namespace EventDrivenActors.Handlers;

/// <content>Functions that take a token, which is the event's.</content>
internal static partial class FunctionCall
{
    public static Submission Action(Action<CancellationToken> function) =>
        Of(function, [], static (c, s) =>
        {
            c.As<Action<CancellationToken>>()(s.CancellationToken);
            return default;
        });

    public static Submission Value<TResult>(Func<CancellationToken, TResult> function) =>
        Of(function, [], static (c, s) => BoundResult<TResult>.Convert(
            c.As<Func<CancellationToken, TResult>>()(s.CancellationToken)));

    public static Submission Task(Func<CancellationToken, Task> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTask(
            c.As<Func<CancellationToken, Task>>()(s.CancellationToken)));

    public static Submission TaskOf<TResult>(Func<CancellationToken, Task<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromTaskOf(
            c.As<Func<CancellationToken, Task<TResult>>>()(s.CancellationToken)));

    public static Submission ValueTask(Func<CancellationToken, ValueTask> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTask(
            c.As<Func<CancellationToken, ValueTask>>()(s.CancellationToken)));

    public static Submission ValueTaskOf<TResult>(Func<CancellationToken, ValueTask<TResult>> function) =>
        Of(function, [], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<CancellationToken, ValueTask<TResult>>>()(s.CancellationToken)));

    public static Submission Action<T1>(Action<T1, CancellationToken> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) =>
        {
            c.As<Action<T1, CancellationToken>>()(c.At<T1>(0), s.CancellationToken);
            return default;
        });

    public static Submission Value<T1, TResult>(Func<T1, CancellationToken, TResult> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, CancellationToken, TResult>>()(c.At<T1>(0), s.CancellationToken)));

    public static Submission Task<T1>(Func<T1, CancellationToken, Task> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromTask(
            c.As<Func<T1, CancellationToken, Task>>()(c.At<T1>(0), s.CancellationToken)));

    public static Submission TaskOf<T1, TResult>(Func<T1, CancellationToken, Task<TResult>> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, CancellationToken, Task<TResult>>>()(c.At<T1>(0), s.CancellationToken)));

    public static Submission ValueTask<T1>(Func<T1, CancellationToken, ValueTask> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, CancellationToken, ValueTask>>()(c.At<T1>(0), s.CancellationToken)));

    public static Submission ValueTaskOf<T1, TResult>(
        Func<T1, CancellationToken, ValueTask<TResult>> function, T1 arg1) =>
        Of(function, [arg1], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<T1, CancellationToken, ValueTask<TResult>>>()(c.At<T1>(0), s.CancellationToken)));

    public static Submission Action<T1, T2>(Action<T1, T2, CancellationToken> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) =>
        {
            c.As<Action<T1, T2, CancellationToken>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken);
            return default;
        });

    public static Submission Value<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, TResult> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, T2, CancellationToken, TResult>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)));

    public static Submission Task<T1, T2>(Func<T1, T2, CancellationToken, Task> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromTask(
             c.As<Func<T1, T2, CancellationToken, Task>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)));

    public static Submission TaskOf<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, T2, CancellationToken, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)));

    public static Submission ValueTask<T1, T2>(Func<T1, T2, CancellationToken, ValueTask> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, T2, CancellationToken, ValueTask>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)));

    public static Submission ValueTaskOf<T1, T2, TResult>(
        Func<T1, T2, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2) =>
        Of(function, [arg1, arg2], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<T1, T2, CancellationToken, ValueTask<TResult>>>()(
                 c.At<T1>(0), c.At<T2>(1), s.CancellationToken)));

    public static Submission Action<T1, T2, T3>(
        Action<T1, T2, T3, CancellationToken> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) =>
        {
            c.As<Action<T1, T2, T3, CancellationToken>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken);
            return default;
        });

    public static Submission Value<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, TResult> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, T2, T3, CancellationToken, TResult>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken)));

    public static Submission Task<T1, T2, T3>(
        Func<T1, T2, T3, CancellationToken, Task> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromTask(
             c.As<Func<T1, T2, T3, CancellationToken, Task>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken)));

    public static Submission TaskOf<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, T2, T3, CancellationToken, Task<TResult>>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken)));

    public static Submission ValueTask<T1, T2, T3>(
        Func<T1, T2, T3, CancellationToken, ValueTask> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, T2, T3, CancellationToken, ValueTask>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken)));

    public static Submission ValueTaskOf<T1, T2, T3, TResult>(
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3) =>
        Of(function, [arg1, arg2, arg3], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<T1, T2, T3, CancellationToken, ValueTask<TResult>>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), s.CancellationToken)));

    public static Submission Action<T1, T2, T3, T4>(
        Action<T1, T2, T3, T4, CancellationToken> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) =>
        {
            c.As<Action<T1, T2, T3, T4, CancellationToken>>()(
                c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken);
            return default;
        });

    public static Submission Value<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult<TResult>.Convert(
             c.As<Func<T1, T2, T3, T4, CancellationToken, TResult>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken)));

    public static Submission Task<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, CancellationToken, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromTask(
             c.As<Func<T1, T2, T3, T4, CancellationToken, Task>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken)));

    public static Submission TaskOf<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromTaskOf(
             c.As<Func<T1, T2, T3, T4, CancellationToken, Task<TResult>>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken)));

    public static Submission ValueTask<T1, T2, T3, T4>(
        Func<T1, T2, T3, T4, CancellationToken, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromValueTask(
             c.As<Func<T1, T2, T3, T4, CancellationToken, ValueTask>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken)));

    public static Submission ValueTaskOf<T1, T2, T3, T4, TResult>(
        Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4) =>
        Of(function, [arg1, arg2, arg3, arg4], static (c, s) => BoundResult.FromValueTaskOf(
             c.As<Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>>>()(
                 c.At<T1>(0), c.At<T2>(1), c.At<T3>(2), c.At<T4>(3), s.CancellationToken)));
}
