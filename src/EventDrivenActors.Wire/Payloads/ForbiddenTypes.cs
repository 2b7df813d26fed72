using System.Linq.Expressions;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.ConstrainedExecution;

namespace EventDrivenActors.Wire.Payloads;

/// <summary>
/// Types that never cross, even where they are allowed: they are code, or stand for something that only this process
/// has.
/// </summary>
internal static class ForbiddenTypes
{
    private static readonly Type[] Roots =
    [
        typeof(Delegate),
        typeof(MemberInfo),
        typeof(Module),
        typeof(Assembly),
        typeof(ParameterInfo),
        typeof(Expression),
        typeof(Task),
        typeof(Exception),
        typeof(MarshalByRefObject),
        typeof(CriticalFinalizerObject),
        typeof(Thread),
        typeof(CancellationTokenSource),
        typeof(IAsyncStateMachine),
    ];

    private static readonly HashSet<Type> Exact =
    [
        typeof(nint),
        typeof(nuint),
        typeof(CancellationToken),
        typeof(ValueTask),
        typeof(WeakReference),
        typeof(RuntimeTypeHandle),
        typeof(RuntimeMethodHandle),
        typeof(RuntimeFieldHandle),
        typeof(TypedReference),
        typeof(ArgIterator),
        typeof(void),
    ];

    public static bool Contains(Type type) =>
        type.IsPointer
        || type.IsFunctionPointer
        || type.IsByRef
        || type.IsByRefLike
        || type.IsGenericParameter
        || type.ContainsGenericParameters
        || type.IsCOMObject
        || Exact.Contains(type)
        || Array.Exists(Roots, root => root.IsAssignableFrom(type));
}
