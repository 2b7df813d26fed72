using EventDrivenActors.Handlers;
using EventDrivenActors.Sessions;

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
    /// <param name="options">What else the event asks for.</param>
    /// <param name="cancellationToken">Cancels the event: before its start the function never runs.</param>
    /// <returns>The event's pending.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    public static Pending Submit(
        this IController controller,
        Action function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [],
                static (c, s) =>
                {
                    c.As<Action>()();
                    return default;
                }
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(function, [], static (c, s) => BoundResult<TResult>.Convert(c.As<Func<TResult>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit(
        this IController controller,
        Func<Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Task>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(function, [], static (c, s) => BoundResult.FromTaskOf(c.As<Func<Task<TResult>>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(
        this IController controller,
        Func<ValueTask> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(function, [], static (c, s) => BoundResult.FromValueTask(c.As<Func<ValueTask>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(function, [], static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<ValueTask<TResult>>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit(
        this IController controller,
        Func<CancellationToken, Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromTask(c.As<Func<CancellationToken, Task>>()(s.CancellationToken))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<CancellationToken, Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) =>
                    BoundResult.FromTaskOf(c.As<Func<CancellationToken, Task<TResult>>>()(s.CancellationToken))
            ),
            context,
            options,
            cancellationToken
        );

    private static Submission Submitted(
        Delegate function,
        object?[] arguments,
        Func<Submission, Session, Returned> invoker
    ) => new(function, arguments, (Delegate)invoker);
}
