using System.Reflection;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Where a proxy's calls go.</summary>
internal interface IRemoteTarget
{
    /// <summary>The interface and where the object is, for messages.</summary>
    string Name { get; }

    int ProcessId { get; }

    bool IsAlive { get; }

    /// <exception cref="ArgumentException">The method is generic, and with these arguments it cannot cross.</exception>
    ProxyMember MemberOf(MethodInfo method);

    /// <summary>Sends a call; does not wait for its answer.</summary>
    /// <exception cref="ObjectDisposedException">The proxy was disposed.</exception>
    /// <exception cref="ChildLostException">The object died with its child.</exception>
    /// <exception cref="ControllerClosedException">The controller takes no calls any more.</exception>
    /// <exception cref="PayloadRefusedException">An argument cannot cross.</exception>
    /// <exception cref="OperationCanceledException">A token among the arguments has fired already.</exception>
    RemoteAnswer Call(ProxyMember member, object?[] arguments);

    /// <summary>Removes the object after the calls made before. Later calls do nothing.</summary>
    /// <param name="throws">Whether the task faults when the disposal has thrown, which is logged in any case.</param>
    /// <returns>Completes when it has been disposed, or has died.</returns>
    Task ReleaseAsync(bool throws);
}
