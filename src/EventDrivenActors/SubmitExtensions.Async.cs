using EventDrivenActors.Handlers;

namespace EventDrivenActors;

public static partial class SubmitExtensions
{
    /// <summary>Queues a function, waiting for room when the queue is full.</summary>
    /// <param name="controller">The controller that runs it.</param>
    /// <param name="function">The function.</param>
    /// <param name="context">The event's own context.</param>
    /// <param name="options">What else the event asks for.</param>
    /// <param name="cancellationToken">Ends the wait for room, and later cancels the event.</param>
    /// <returns>Gives the event's pending once it is queued.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down, before or during the wait.</exception>
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Action function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
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
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(function, [], static (c, s) => BoundResult<TResult>.Convert(c.As<Func<TResult>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Task>>()())),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(function, [], static (c, s) => BoundResult.FromTaskOf(c.As<Func<Task<TResult>>>()())),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<ValueTask> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(function, [], static (c, s) => BoundResult.FromValueTask(c.As<Func<ValueTask>>()())),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<ValueTask<TResult>>>()())
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<CancellationToken, Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [],
                    static (c, s) => BoundResult.FromTask(c.As<Func<CancellationToken, Task>>()(s.CancellationToken))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<CancellationToken, Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
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
}
