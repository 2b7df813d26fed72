using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <content>Functions that take a token.</content>
public static partial class SubmitExtensions
{
    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2, T3>(
        this IController controller,
        Func<T1, T2, T3, CancellationToken, Task> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromTask(
                        c.As<Func<T1, T2, T3, CancellationToken, Task>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, CancellationToken, Task<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromTaskOf(
                        c.As<Func<T1, T2, T3, CancellationToken, Task<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3>(
        this IController controller,
        Func<T1, T2, T3, CancellationToken, ValueTask> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromValueTask(
                        c.As<Func<T1, T2, T3, CancellationToken, ValueTask>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, CancellationToken, ValueTask<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<T1, T2, T3, CancellationToken, ValueTask<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
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
    public static Pending Submit<T1, T2, T3>(
        this IController controller,
        Action<T1, T2, T3, CancellationToken> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                {
                    c.As<Action<T1, T2, T3, CancellationToken>>()(
                        c.At<T1>(0),
                        c.At<T2>(1),
                        c.At<T3>(2),
                        s.CancellationToken
                    );
                    return default;
                }
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(-2)]
    public static Pending<TResult> Submit<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, CancellationToken, TResult> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult<TResult>.Convert(
                        c.As<Func<T1, T2, T3, CancellationToken, TResult>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );
}
