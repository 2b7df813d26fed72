using EventDrivenActors.Handlers;

namespace EventDrivenActors;

/// <content>Functions that take a token.</content>
public static partial class SubmitExtensions
{
    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, Task> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                    BoundResult.FromTask(
                        c.As<Func<T1, T2, T3, T4, CancellationToken, Task>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            c.At<T4>(3),
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
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, Task<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                    BoundResult.FromTaskOf(
                        c.As<Func<T1, T2, T3, T4, CancellationToken, Task<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            c.At<T4>(3),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, ValueTask> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                    BoundResult.FromValueTask(
                        c.As<Func<T1, T2, T3, T4, CancellationToken, ValueTask>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            c.At<T4>(3),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="Submit(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<T1, T2, T3, T4, CancellationToken, ValueTask<TResult>>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            c.At<T4>(3),
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
    public static Pending Submit<T1, T2, T3, T4>(
        this IController controller,
        Action<T1, T2, T3, T4, CancellationToken> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<object?>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                {
                    c.As<Action<T1, T2, T3, T4, CancellationToken>>()(
                        c.At<T1>(0),
                        c.At<T2>(1),
                        c.At<T3>(2),
                        c.At<T4>(3),
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
    public static Pending<TResult> Submit<T1, T2, T3, T4, TResult>(
        this IController controller,
        Func<T1, T2, T3, T4, CancellationToken, TResult> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        T4 arg4,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.Submit<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3, arg4],
                static (c, s) =>
                    BoundResult<TResult>.Convert(
                        c.As<Func<T1, T2, T3, T4, CancellationToken, TResult>>()(
                            c.At<T1>(0),
                            c.At<T2>(1),
                            c.At<T3>(2),
                            c.At<T4>(3),
                            s.CancellationToken
                        )
                    )
            ),
            context,
            options,
            cancellationToken
        );
}
