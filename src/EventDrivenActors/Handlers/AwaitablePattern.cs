using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Handlers;

/// <summary>A type that can be awaited because it has the members that <see langword="await"/> asks for.</summary>
internal sealed class AwaitablePattern(MethodInfo getAwaiter, MethodInfo isCompleted, MethodInfo getResult) : Awaitable
{
    private const BindingFlags Members = BindingFlags.Instance | BindingFlags.Public;
    private const BindingFlags Call = BindingFlags.DoNotWrapExceptions;

    public override Type ResultType => getResult.ReturnType == typeof(void) ? typeof(NoResult) : getResult.ReturnType;

    public static Awaitable? Find(Type type)
    {
        if (
            type.GetMethod(nameof(Task.GetAwaiter), Members, []) is { IsGenericMethod: false } getAwaiter
            && getAwaiter.ReturnType is { IsByRefLike: false } awaiter
            && typeof(INotifyCompletion).IsAssignableFrom(awaiter)
            && awaiter.GetProperty(nameof(TaskAwaiter.IsCompleted), Members, null, typeof(bool), [], null)?.GetMethod
                is { } isCompleted
            && awaiter.GetMethod(nameof(TaskAwaiter.GetResult), Members, [])
                is { ReturnType.IsByRefLike: false, ReturnType.IsByRef: false } getResult
        )
        {
            return new AwaitablePattern(getAwaiter, isCompleted, getResult);
        }

        return null;
    }

    public override async Task<object?> AwaitAsync(object value)
    {
        object awaiter = getAwaiter.Invoke(value, Call, null, null, null) ?? throw NoResult.NoTask();
        return await new Awaiter((INotifyCompletion)awaiter, isCompleted, getResult);
    }

    public override bool TryWrap(Pending of, object? result, out object? wrapped)
    {
        wrapped = null;
        Type type = getAwaiter.DeclaringType!;
        bool stands = type.IsValueType && ResultType == typeof(NoResult);
        wrapped = stands ? RuntimeHelpers.GetUninitializedObject(type) : null;
        return stands;
    }

    private readonly struct Awaiter(INotifyCompletion awaiter, MethodInfo isCompleted, MethodInfo getResult)
        : ICriticalNotifyCompletion
    {
        public bool IsCompleted => (bool)isCompleted.Invoke(awaiter, Call, null, null, null)!;

        public Awaiter GetAwaiter() => this;

        public object? GetResult() => getResult.Invoke(awaiter, Call, null, null, null);

        public void OnCompleted(Action continuation) => awaiter.OnCompleted(continuation);

        public void UnsafeOnCompleted(Action continuation)
        {
            if (awaiter is ICriticalNotifyCompletion critical)
            {
                critical.UnsafeOnCompleted(continuation);
            }
            else
            {
                awaiter.OnCompleted(continuation);
            }
        }
    }
}
