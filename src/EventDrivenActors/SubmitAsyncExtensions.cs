using System.Runtime.CompilerServices;
using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <summary>
/// Submits lambdas and method groups once the queue has room: the function runs in the controller's loop, in turn
/// with its events.
/// </summary>
/// <remarks>
/// A <see cref="Session"/> as only parameter, and a <see cref="CancellationToken"/> as last one, are filled in. To run
/// in a child process the function must be a static method or a lambda without captures; its values go in as arguments.
/// </remarks>
public static partial class SubmitAsyncExtensions
{
    /// <summary>Queues a function, waiting for room when the queue is full.</summary>
    /// <param name="controller">The controller that runs it.</param>
    /// <param name="function">The function.</param>
    /// <param name="context">The event's own context.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Ends the wait for room, and later cancels the event.</param>
    /// <returns>Gives the event's pending once it is queued.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down, before or during the wait.</exception>
    public static ValueTask<Pending> SubmitAsync(this IController controller, Action function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Action(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller, Func<TResult> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(this IController controller, Func<Task> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Task(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<Task<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(this IController controller, Func<ValueTask> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.ValueTask(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<ValueTask<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.ValueTaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller, Action<T1> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, TResult> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller, Func<T1, Task> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, Task<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(this IController controller, Func<T1, ValueTask> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(this IController controller,
        Func<T1, ValueTask<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.ValueTaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Action<T1, T2> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, TResult> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Func<T1, T2, Task> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, Task<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2>(this IController controller,
        Func<T1, T2, ValueTask> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, TResult>(this IController controller,
        Func<T1, T2, ValueTask<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Action<T1, T2, T3> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, TResult> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.Value(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, Task> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, ValueTask> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Action<T1, T2, T3, T4> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.Value(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.Task(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3, arg4), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(this IController controller, Action<Session> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Action(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<Session, TResult> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.Value(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(this IController controller, Func<Session, Task> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.Task(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<Session, Task<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.TaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(this IController controller, Func<Session, ValueTask> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        Untyped(controller.SubmitAsync<object?>(FunctionCall.ValueTask(function), context, options, cancellationToken));

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(this IController controller,
        Func<Session, ValueTask<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.SubmitAsync<TResult>(FunctionCall.ValueTaskOf(function), context, options, cancellationToken);

    private static async ValueTask<Pending> Untyped(ValueTask<Pending<object?>> submitting) =>
        await submitting.ConfigureAwait(false);
}
