using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <content>Functions that take the session.</content>
public static partial class SubmitExtensions
{
    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Action<Session> function,
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
                        c.As<Action<Session>>()(s);
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
        Func<Session, TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult<TResult>.Convert(c.As<Func<Session, TResult>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<Session, Task> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(function, [], static (c, s) => BoundResult.FromTask(c.As<Func<Session, Task>>()(s))),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<Session, Task<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromTaskOf(c.As<Func<Session, Task<TResult>>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<CancellationToken, ValueTask> function,
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
                        BoundResult.FromValueTask(c.As<Func<CancellationToken, ValueTask>>()(s.CancellationToken))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<CancellationToken, ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
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

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Func<Session, ValueTask> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [],
                    static (c, s) => BoundResult.FromValueTask(c.As<Func<Session, ValueTask>>()(s))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<Session, ValueTask<TResult>> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [],
                static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<Session, ValueTask<TResult>>>()(s))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync(
        this IController controller,
        Action<CancellationToken> function,
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
                        c.As<Action<CancellationToken>>()(s.CancellationToken);
                        return default;
                    }
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        this IController controller,
        Func<CancellationToken, TResult> function,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
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

    private static async ValueTask<Pending> Untyped(ValueTask<Pending<object?>> submitting) =>
        await submitting.ConfigureAwait(false);
}
