using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Handlers;

/// <summary>The kinds of types that can be awaited.</summary>
internal static class AwaitableKinds
{
    public static Awaitable? Find(Type type)
    {
        if (
            type.IsPrimitive
            || type.IsEnum
            || type == typeof(string)
            || type == typeof(object)
            || type.ContainsGenericParameters
            || type.IsByRefLike
            || type == typeof(void)
        )
        {
            return null;
        }

        if (type == typeof(ValueTask))
        {
            return new OfValueTask();
        }

        if (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(ValueTask<>))
        {
            return Make(typeof(OfValueTask<>), type.GetGenericArguments()[0]);
        }

        if (typeof(Task).IsAssignableFrom(type))
        {
            return ResultOf(type, typeof(Task<>)) is { } result ? Make(typeof(OfTask<>), result) : new OfTask();
        }

        if (typeof(Pending).IsAssignableFrom(type))
        {
            return ResultOf(type, typeof(Pending<>)) is { } result
                ? Make(typeof(OfPending<>), result)
                : new OfPending();
        }

        return AwaitablePattern.Find(type);
    }

    private static Awaitable Make(Type kind, Type result) =>
        (Awaitable)Activator.CreateInstance(kind.MakeGenericType(result))!;

    /// <summary>
    /// The result of a type or its bases. The tasks of async methods without one have a result of a type of the
    /// framework's own.
    /// </summary>
    private static Type? ResultOf(Type type, Type definition)
    {
        for (Type? level = type; level is not null; level = level.BaseType)
        {
            if (level.IsGenericType && level.GetGenericTypeDefinition() == definition)
            {
                Type result = level.GetGenericArguments()[0];
                return result.IsPublic || result.Assembly != typeof(Task).Assembly || result.IsNested ? result : null;
            }
        }

        return null;
    }

    private sealed class OfTask : Awaitable
    {
        public override Type ResultType => typeof(NoResult);

        public override async Task<object?> AwaitAsync(object value)
        {
            await ((Task)value).ConfigureAwait(false);
            return null;
        }

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            wrapped = Task.CompletedTask;
            return true;
        }
    }

    private sealed class OfTask<T> : Awaitable
    {
        public override Type ResultType => typeof(T);

        public override async Task<object?> AwaitAsync(object value) => await ((Task<T>)value).ConfigureAwait(false);

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            bool can = TryWrapInner(of, result, out T inner);
            wrapped = Task.FromResult(inner);
            return can;
        }
    }

    private sealed class OfValueTask : Awaitable
    {
        public override Type ResultType => typeof(NoResult);

        public override async Task<object?> AwaitAsync(object value)
        {
            await ((ValueTask)value).ConfigureAwait(false);
            return null;
        }

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            wrapped = default(ValueTask);
            return true;
        }
    }

    private sealed class OfValueTask<T> : Awaitable
    {
        public override Type ResultType => typeof(T);

        public override async Task<object?> AwaitAsync(object value) =>
            await ((ValueTask<T>)value).ConfigureAwait(false);

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            bool can = TryWrapInner(of, result, out T inner);
            wrapped = new ValueTask<T>(inner);
            return can;
        }
    }

    /// <summary>
    /// An event of another controller. An event of the handler's own controller can only end after the handler, so it
    /// stays a result.
    /// </summary>
    private class OfPending : Awaitable
    {
        public override Type ResultType => typeof(IReadOnlyList<object?>);

        public override async Task<object?> AwaitAsync(object value) =>
            await ((Pending)value).AsTask().ConfigureAwait(false);

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            Pending pending = new(of.Owner, of.Key, null, null, null, null);
            pending.TrySettle(EventOutcome.Completed(result as IReadOnlyList<object?> ?? []));
            wrapped = pending;
            return true;
        }

        protected sealed override bool IsLeftToTheCaller(object value) =>
            EventFlow.Current(out _) is SessionFrame frame
            && ((Pending)value).Owner is var owner
            && (owner.IsOf(frame.Host.Self) || (frame.Host.Pool is { } pool && owner.IsOf(pool)));
    }

    private sealed class OfPending<T> : OfPending
    {
        public override Type ResultType => typeof(T);

        public override async Task<object?> AwaitAsync(object value) =>
            await ((Pending<T>)value).AsTask().ConfigureAwait(false);

        public override bool TryWrap(Pending of, object? result, out object? wrapped)
        {
            bool can = TryWrapInner(of, result, out T inner);
            Pending<T> pending = new(of.Owner, of.Key, null, null, null, null);
            pending.TrySettle(EventOutcome.Completed([inner]));
            wrapped = pending;
            return can;
        }
    }
}
