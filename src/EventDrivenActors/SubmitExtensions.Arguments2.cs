using EventDrivenActors.Handlers;

namespace EventDrivenActors;

public static partial class SubmitExtensions
{
    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2>(
        this IController controller,
        Action<T1, T2> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                {
                    c.As<Action<T1, T2>>()(c.At<T1>(0), c.At<T2>(1));
                    return default;
                }
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, TResult> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) => BoundResult<TResult>.Convert(c.As<Func<T1, T2, TResult>>()(c.At<T1>(0), c.At<T2>(1)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2>(
        this IController controller,
        Func<T1, T2, Task> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) => BoundResult.FromTask(c.As<Func<T1, T2, Task>>()(c.At<T1>(0), c.At<T2>(1)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, Task<TResult>> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) => BoundResult.FromTaskOf(c.As<Func<T1, T2, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2>(
        this IController controller,
        Func<T1, T2, ValueTask> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) => BoundResult.FromValueTask(c.As<Func<T1, T2, ValueTask>>()(c.At<T1>(0), c.At<T2>(1)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, ValueTask<TResult>> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(c.As<Func<T1, T2, ValueTask<TResult>>>()(c.At<T1>(0), c.At<T2>(1)))
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2>(
        this IController controller,
        Func<T1, T2, CancellationToken, Task> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult.FromTask(
                        c.As<Func<T1, T2, CancellationToken, Task>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, CancellationToken, Task<TResult>> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult.FromTaskOf(
                        c.As<Func<T1, T2, CancellationToken, Task<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2>(
        this IController controller,
        Func<T1, T2, CancellationToken, ValueTask> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult.FromValueTask(
                        c.As<Func<T1, T2, CancellationToken, ValueTask>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, CancellationToken, ValueTask<TResult>> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<T1, T2, CancellationToken, ValueTask<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static Pending Submit<T1, T2>(
        this IController controller,
        Action<T1, T2, CancellationToken> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                {
                    c.As<Action<T1, T2, CancellationToken>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken);
                    return default;
                }
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static Pending<TResult> Submit<T1, T2, TResult>(
        this IController controller,
        Func<T1, T2, CancellationToken, TResult> function,
        T1 arg1,
        T2 arg2,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2],
                static (c, s) =>
                    BoundResult<TResult>.Convert(
                        c.As<Func<T1, T2, CancellationToken, TResult>>()(c.At<T1>(0), c.At<T2>(1), s.CancellationToken)
                    )
            ),
            context,
            options,
            cancellationToken
        );
}
