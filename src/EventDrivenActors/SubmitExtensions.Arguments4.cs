namespace EventDrivenActors;

public static partial class SubmitExtensions
{
    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller, Action<T1, T2, T3, T4> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<object?>(new Submission(function, [arg1, arg2, arg3, arg4], s =>
        {
            function(arg1, arg2, arg3, arg4);
            return default;
        }), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller, Func<T1, T2, T3, T4, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<TResult>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromValue(function(arg1, arg2, arg3, arg4))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller, Func<T1, T2, T3, T4, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<object?>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromTask(function(arg1, arg2, arg3, arg4))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller, Func<T1, T2, T3, T4, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<TResult>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromTaskOf(function(arg1, arg2, arg3, arg4))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller, Func<T1, T2, T3, T4, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<object?>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromValueTask(function(arg1, arg2, arg3, arg4))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-1)]
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller, Func<T1, T2, T3, T4, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<TResult>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromValueTaskOf(function(arg1, arg2, arg3, arg4))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller, Func<T1, T2, T3, T4, CancellationToken, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<object?>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromTask(function(arg1, arg2, arg3, arg4, s.CancellationToken))), context, options);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller, Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4, SessionContext? context = null, EventOptions? options = null) =>
        controller.Submit<TResult>(new Submission(function, [arg1, arg2, arg3, arg4], s => BoundResult.FromTaskOf(function(arg1, arg2, arg3, arg4, s.CancellationToken))), context, options);
}
