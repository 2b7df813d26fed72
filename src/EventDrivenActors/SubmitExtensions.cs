using System.Runtime.CompilerServices;
using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <summary>
/// Submits lambdas and method groups: the function runs in the controller's loop, in turn with its events.
/// </summary>
/// <remarks>
/// A <see cref="Session"/> as only parameter, and a <see cref="CancellationToken"/> as last one, are filled in. To run
/// in a child process the function must be a static method or a lambda without captures; its values go in as arguments.
/// </remarks>
public static partial class SubmitExtensions
{
    /// <summary>Queues a function.</summary>
    /// <param name="controller">The controller that runs it.</param>
    /// <param name="function">The function.</param>
    /// <param name="context">The event's own context.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Cancels the event: before its start the function never runs.</param>
    /// <returns>The event's pending.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    public static Pending Submit(this IController controller, Action function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Action(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(this IController controller, Func<TResult> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.Value(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit(this IController controller, Func<Task> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Task(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<TResult>(this IController controller, Func<Task<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.TaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(this IController controller, Func<ValueTask> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.ValueTask(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(this IController controller, Func<ValueTask<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.ValueTaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1>(this IController controller, Action<T1> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Action(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, TResult>(this IController controller, Func<T1, TResult> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.Value(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit<T1>(this IController controller, Func<T1, Task> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Task(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, TResult>(this IController controller,
        Func<T1, Task<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.TaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1>(this IController controller, Func<T1, ValueTask> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.ValueTask(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, TResult>(this IController controller,
        Func<T1, ValueTask<TResult>> function, T1 arg1,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.ValueTaskOf(function, arg1), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2>(this IController controller, Action<T1, T2> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Action(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, TResult>(this IController controller,
        Func<T1, T2, TResult> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.Value(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2>(this IController controller, Func<T1, T2, Task> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Task(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, TResult>(this IController controller,
        Func<T1, T2, Task<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.TaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2>(this IController controller,
        Func<T1, T2, ValueTask> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.ValueTask(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, TResult>(this IController controller,
        Func<T1, T2, ValueTask<TResult>> function, T1 arg1, T2 arg2,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.ValueTaskOf(function, arg1, arg2), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3>(this IController controller,
        Action<T1, T2, T3> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, TResult> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.Value(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, Task> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Task(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3>(this IController controller,
        Func<T1, T2, T3, ValueTask> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(this IController controller,
        Func<T1, T2, T3, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3, T4>(this IController controller,
        Action<T1, T2, T3, T4> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(
            FunctionCall.Action(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, TResult> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(
            FunctionCall.Value(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, Task> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(
            FunctionCall.Task(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, Task<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(
            FunctionCall.TaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3, T4>(this IController controller,
        Func<T1, T2, T3, T4, ValueTask> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(
            FunctionCall.ValueTask(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(this IController controller,
        Func<T1, T2, T3, T4, ValueTask<TResult>> function, T1 arg1, T2 arg2, T3 arg3, T4 arg4,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(
            FunctionCall.ValueTaskOf(function, arg1, arg2, arg3, arg4), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(this IController controller, Action<Session> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Action(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(this IController controller, Func<Session, TResult> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.Value(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending Submit(this IController controller, Func<Session, Task> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.Task(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<TResult>(this IController controller, Func<Session, Task<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.TaskOf(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(this IController controller, Func<Session, ValueTask> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<object?>(FunctionCall.ValueTask(function), context, options, cancellationToken);

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(this IController controller,
        Func<Session, ValueTask<TResult>> function,
        SessionContext? context = null, EventOptions? options = null, CancellationToken cancellationToken = default) =>
        controller.Submit<TResult>(FunctionCall.ValueTaskOf(function), context, options, cancellationToken);

    /// <summary>
    /// Queues a function of any signature, such as one with optional parameters; the results are not typed.
    /// </summary>
    /// <param name="controller">The controller that runs it.</param>
    /// <param name="function">The function. A <see cref="Session"/> or <see cref="CancellationToken"/> parameter is
    /// filled in, and an optional one may be left out.</param>
    /// <param name="arguments">Its other arguments, in order.</param>
    /// <returns>The event's pending.</returns>
    /// <exception cref="ArgumentException">The function has parameters that no event can fill.</exception>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    [OverloadResolutionPriority(-3)]
    public static Pending Submit(this IController controller, Delegate function, params object?[] arguments) =>
        controller.Submit<object?>(new Submission(function, arguments));
}
