using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <content>Functions that take the session.</content>
public static partial class SubmitExtensions
{
    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(
        this IController controller,
        Action<Session> function,
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
                    c.As<Action<Session>>()(s);
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
        Func<Session, TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult<TResult>.Convert(c.As<Func<Session, TResult>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit(
        this IController controller,
        Func<Session, Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Session, Task>>()(s))),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<Session, Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromTaskOf(c.As<Func<Session, Task<TResult>>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(
        this IController controller,
        Func<CancellationToken, ValueTask> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [],
                static (c, s) =>
                    BoundResult.FromValueTask(c.As<Func<CancellationToken, ValueTask>>()(s.CancellationToken))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<CancellationToken, ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<CancellationToken, ValueTask<TResult>>>()(s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit(
        this IController controller,
        Func<Session, ValueTask> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromValueTask(c.As<Func<Session, ValueTask>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<Session, ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<Session, ValueTask<TResult>>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static Pending Submit(
        this IController controller,
        Action<CancellationToken> function,
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
                    c.As<Action<CancellationToken>>()(s.CancellationToken);
                    return default;
                }
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static Pending<TResult> Submit<TResult>(
        this IController controller,
        Func<CancellationToken, TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [],
                static (c, s) =>
                    BoundResult<TResult>.Convert(c.As<Func<CancellationToken, TResult>>()(s.CancellationToken))
            ),
            context,
            options,
            cancellationToken
        );

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
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-3)]
    public static Pending Submit(this IController controller, Delegate function, params object?[] arguments) =>
        controller.Submit<object?>(new Submission(function, arguments));
}
