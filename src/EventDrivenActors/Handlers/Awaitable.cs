using System.Runtime.CompilerServices;
using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Handlers;

/// <summary>
/// A type whose values are awaited instead of being results: tasks of all kinds, pendings, and whatever else
/// <see langword="await"/> takes.
/// </summary>
internal abstract class Awaitable
{
    private static readonly ConditionalWeakTable<Type, object> Known = [];
    private static readonly object Plain = new();

    // Any thread; volatile.
    private static Type? _lastPlain;

    /// <summary>The type of what awaiting gives; <see cref="NoResult"/> for nothing.</summary>
    public abstract Type ResultType { get; }

    /// <summary>The type of the value that comes when nothing more can be awaited.</summary>
    public Type FinalType => Of(ResultType)?.FinalType ?? ResultType;

    /// <summary>
    /// Returns how to await the values of a type; <see langword="null"/> when they cannot be awaited.
    /// </summary>
    public static Awaitable? Of(Type type)
    {
        if (ReferenceEquals(Volatile.Read(ref _lastPlain), type))
        {
            return null;
        }

        if (Known.GetValue(type, static type => AwaitableKinds.Find(type) ?? Plain) is Awaitable awaitable)
        {
            return awaitable;
        }

        Volatile.Write(ref _lastPlain, type);
        return null;
    }

    /// <summary>
    /// Whether a value of this type may be one of a type that can be awaited, though the type itself does not say so.
    /// </summary>
    public static bool MayHide(Type type) => type.IsAssignableFrom(typeof(Task));

    /// <summary>Stands for a result where the caller has asked for a type that can be awaited.</summary>
    /// <returns>Whether there is such a value.</returns>
    public static bool TryWrap(Pending of, Type asked, object? result, out object? wrapped)
    {
        wrapped = null;
        return Of(asked) is { } awaitable && awaitable.TryWrap(of, result, out wrapped);
    }

    /// <summary>Awaits a value for as long as what comes can be awaited.</summary>
    /// <param name="value">The value.</param>
    /// <param name="declared">Its type as the handler declares it.</param>
    public static async Task<object?> ToEndAsync(object? value, Type declared)
    {
        // A handler may have set a synchronization context that never runs what is posted to it.
        (EventFlow.Current(out _) as SessionFrame)?.StayInTurn();
        while (true)
        {
            Awaitable? awaitable = Of(declared);
            if (value is null)
            {
                return awaitable is null || declared.IsValueType ? null : throw NoResult.NoTask();
            }

            awaitable ??= MayHide(declared) ? Of(value.GetType()) : null;
            if (awaitable is null || awaitable.IsLeftToTheCaller(value))
            {
                return value;
            }

            value = await awaitable.AwaitAsync(value).ConfigureAwait(false);
            declared = awaitable.ResultType;
        }
    }

    /// <summary>
    /// Stands for a result where the caller has asked for this type: a value that can be awaited and has ended.
    /// </summary>
    /// <param name="of">The event that has the result.</param>
    /// <param name="result">The result.</param>
    /// <param name="wrapped">The value.</param>
    /// <returns>Whether there is such a value.</returns>
    public virtual bool TryWrap(Pending of, object? result, out object? wrapped)
    {
        wrapped = null;
        return false;
    }

    public abstract Task<object?> AwaitAsync(object value);

    /// <summary>Whether the event that gives this value must not await it.</summary>
    protected virtual bool IsLeftToTheCaller(object value) => false;

    /// <summary>A result as this type's own awaiting would give it.</summary>
    protected bool TryWrapInner<T>(Pending of, object? result, out T inner)
    {
        inner = default!;
        if (result is T typed)
        {
            inner = typed;
            return true;
        }

        if (Of(typeof(T)) is { } awaitable)
        {
            bool can = awaitable.TryWrap(of, result, out object? wrapped);
            inner = can ? (T)wrapped! : default!;
            return can;
        }

        return result is null && default(T) is null;
    }
}
