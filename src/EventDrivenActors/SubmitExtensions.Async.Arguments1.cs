using EventDrivenActors.Handlers;

namespace EventDrivenActors;

public static partial class SubmitExtensions
{
    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Action<T1> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) =>
                    {
                        c.As<Action<T1>>()(c.At<T1>(0));
                        return default;
                    }
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, TResult> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) => BoundResult<TResult>.Convert(c.As<Func<T1, TResult>>()(c.At<T1>(0)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Func<T1, Task> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) => BoundResult.FromTask(c.As<Func<T1, Task>>()(c.At<T1>(0)))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, Task<TResult>> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) => BoundResult.FromTaskOf(c.As<Func<T1, Task<TResult>>>()(c.At<T1>(0)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Func<T1, ValueTask> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) => BoundResult.FromValueTask(c.As<Func<T1, ValueTask>>()(c.At<T1>(0)))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, ValueTask<TResult>> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) => BoundResult.FromValueTaskOf(c.As<Func<T1, ValueTask<TResult>>>()(c.At<T1>(0)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Func<T1, CancellationToken, Task> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) =>
                        BoundResult.FromTask(
                            c.As<Func<T1, CancellationToken, Task>>()(c.At<T1>(0), s.CancellationToken)
                        )
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, CancellationToken, Task<TResult>> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) =>
                    BoundResult.FromTaskOf(
                        c.As<Func<T1, CancellationToken, Task<TResult>>>()(c.At<T1>(0), s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Func<T1, CancellationToken, ValueTask> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) =>
                        BoundResult.FromValueTask(
                            c.As<Func<T1, CancellationToken, ValueTask>>()(c.At<T1>(0), s.CancellationToken)
                        )
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, CancellationToken, ValueTask<TResult>> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<T1, CancellationToken, ValueTask<TResult>>>()(c.At<T1>(0), s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static ValueTask<Pending> SubmitAsync<T1>(
        this IController controller,
        Action<T1, CancellationToken> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1],
                    static (c, s) =>
                    {
                        c.As<Action<T1, CancellationToken>>()(c.At<T1>(0), s.CancellationToken);
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
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, TResult>(
        this IController controller,
        Func<T1, CancellationToken, TResult> function,
        T1 arg1,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1],
                static (c, s) =>
                    BoundResult<TResult>.Convert(
                        c.As<Func<T1, CancellationToken, TResult>>()(c.At<T1>(0), s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );
}
