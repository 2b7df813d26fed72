using System.Runtime.CompilerServices;
using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <content>Functions that take a token.</content>
public static partial class SubmitAsyncExtensions
{
    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync(this IController controller, Action<CancellationToken> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Action(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<CancellationToken, TResult> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(this IController controller, Func<CancellationToken, Task> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Task(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<CancellationToken, Task<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(this IController controller,
        Func<CancellationToken, ValueTask> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.ValueTask(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<CancellationToken, ValueTask<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.ValueTaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller,
        Action<T1, CancellationToken> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, CancellationToken, TResult> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller,
        Func<T1, CancellationToken, Task> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, CancellationToken, Task<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller,
        Func<T1, CancellationToken, ValueTask> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, CancellationToken, ValueTask<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.ValueTaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Action<T1, T2, CancellationToken> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, CancellationToken, TResult> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Func<T1, T2, CancellationToken, Task> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Func<T1, T2, CancellationToken, ValueTask> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Action<T1, T2, T3, CancellationToken> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, CancellationToken, TResult> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.Value(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, CancellationToken, Task> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, CancellationToken, ValueTask> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Action<T1, T2, T3, T4, CancellationToken> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.Value(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);
}
