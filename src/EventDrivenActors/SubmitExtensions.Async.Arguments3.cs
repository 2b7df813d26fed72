using EventDrivenActors.Handlers;

namespace EventDrivenActors;

public static partial class SubmitExtensions
{
    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(
        this IController controller,
        Action<T1, T2, T3> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1, arg2, arg3],
                    static (c, s) =>
                    {
                        c.As<Action<T1, T2, T3>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2));
                        return default;
                    }
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, TResult> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult<TResult>.Convert(
                        c.As<Func<T1, T2, T3, TResult>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(
        this IController controller,
        Func<T1, T2, T3, Task> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1, arg2, arg3],
                    static (c, s) =>
                        BoundResult.FromTask(c.As<Func<T1, T2, T3, Task>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2)))
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    [System.Runtime.CompilerServices.OverloadResolutionPriority(1)]
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, Task<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromTaskOf(
                        c.As<Func<T1, T2, T3, Task<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))
                    )
            ),
            context,
            options,
            cancellationToken
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending> SubmitAsync<T1, T2, T3>(
        this IController controller,
        Func<T1, T2, T3, ValueTask> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        Untyped(
            controller.SubmitAsync<object?>(
                Submitted(
                    function,
                    [arg1, arg2, arg3],
                    static (c, s) =>
                        BoundResult.FromValueTask(
                            c.As<Func<T1, T2, T3, ValueTask>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))
                        )
                ),
                context,
                options,
                cancellationToken
            )
        );

    /// <inheritdoc cref="SubmitAsync(IController, Action, SessionContext?, EventOptions?, CancellationToken)"/>
    public static ValueTask<Pending<TResult>> SubmitAsync<T1, T2, T3, TResult>(
        this IController controller,
        Func<T1, T2, T3, ValueTask<TResult>> function,
        T1 arg1,
        T2 arg2,
        T3 arg3,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) =>
        controller.SubmitAsync<TResult>(
            Submitted(
                function,
                [arg1, arg2, arg3],
                static (c, s) =>
                    BoundResult.FromValueTaskOf(
                        c.As<Func<T1, T2, T3, ValueTask<TResult>>>()(c.At<T1>(0), c.At<T2>(1), c.At<T3>(2))
                    )
            ),
            context,
            options,
            cancellationToken
        );
}
