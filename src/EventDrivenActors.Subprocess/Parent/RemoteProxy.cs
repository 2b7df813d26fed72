using System.Reflection;
using System.Runtime.CompilerServices;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// An object's interface in the parent. Generated classes derive from it, so it is neither sealed nor without a public
/// constructor.
/// </summary>
internal class RemoteProxy : DispatchProxy, IRemoteObject
{
    // Written once, before the proxy is given to a caller.
    private IRemoteTarget? _target;

    /// <summary>Lets an abandoned object go; one that is still being made has nothing to let go.</summary>
    ~RemoteProxy()
    {
        if (_target is { } target)
        {
            // The finalizer's thread must not wait for the gate of the parent's half.
            ThreadPool.UnsafeQueueUserWorkItem(
                static target => _ = target.ReleaseAsync(throws: false),
                target,
                preferLocal: false
            );
        }
    }

    /// <inheritdoc/>
    public int ProcessId => _target!.ProcessId;

    /// <inheritdoc/>
    public bool IsAlive => _target!.IsAlive;

    /// <summary>Makes a proxy that has no target yet.</summary>
    /// <exception cref="ArgumentException">No class can implement the interface at run time.</exception>
    public static TInterface Create<TInterface>()
        where TInterface : class
    {
        try
        {
            return Create<TInterface, RemoteProxy>();
        }
        catch (Exception unfit)
            when (unfit is ArgumentException or TypeLoadException or NotSupportedException or MemberAccessException)
        {
            throw Unfit(typeof(TInterface), unfit, RuntimeFeature.IsDynamicCodeSupported);
        }
    }

    internal static ArgumentException Unfit(Type type, Exception reason, bool makesCode) =>
        new(
            makesCode
                ? $"No proxy of the interface '{type}' can be made ({reason.Message}); make the interface and the "
                    + "types that it names public."
                : $"No proxy of the interface '{type}' can be made, because this application was built for native "
                    + "AOT, as a file-based app is unless it says otherwise; add '#:property PublishAot=false' to the "
                    + "file, or '<PublishAot>false</PublishAot>' to the project.",
            reason
        );

    public static TInterface Attach<TInterface>(TInterface proxy, IRemoteTarget target)
        where TInterface : class
    {
        ((RemoteProxy)(object)proxy)._target = target;
        return proxy;
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Virtual, because the generated class overrides it where the object's own interface is disposable.
    /// </remarks>
    public virtual void Dispose() => _ = Release(throws: false);

    /// <inheritdoc cref="Dispose"/>
    public virtual ValueTask DisposeAsync() => Release(throws: true);

    /// <inheritdoc/>
    public override string ToString() => _target?.Name ?? base.ToString()!;

    /// <inheritdoc/>
    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args)
    {
        IRemoteTarget target = _target!;
        if (targetMethod!.DeclaringType == typeof(IDisposable))
        {
            _ = Release(throws: false);
            return null;
        }

        if (targetMethod.DeclaringType == typeof(IAsyncDisposable))
        {
            return Release(throws: true);
        }

        ProxyMember member = target.MemberOf(targetMethod);
        RemoteAnswer answer;
        try
        {
            answer = target.Call(member, args ?? []);
        }
        catch (Exception failure) when (member.IsAsync)
        {
            return member.Give(RemoteAnswer.Failed(member, target.Name, failure));
        }

        object? given = member.Give(answer);

        // While a call blocks its caller, the proxy is not garbage.
        GC.KeepAlive(this);
        return given;
    }

    private ValueTask Release(bool throws)
    {
        GC.SuppressFinalize(this);
        return new ValueTask(_target!.ReleaseAsync(throws));
    }
}
