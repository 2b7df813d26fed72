using System.Reflection;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>An object in one child, as its proxy reaches it. Any thread.</summary>
internal sealed class RemoteObject(RemoteObjects objects, SupervisedChild child, RemoteKind kind, long id)
    : IRemoteTarget
{
    // Any thread, by interlocked operations.
    private int _released;

    public string Name => $"{kind.Name} in the child process '{ProcessId}'";

    public int ProcessId { get; } = child.ProcessId ?? 0;

    public bool IsAlive => Volatile.Read(ref _released) == 0 && objects.IsAlive(child);

    public ProxyMember MemberOf(MethodInfo method) => kind.MemberOf(method);

    public RemoteAnswer Call(ProxyMember member, object?[] arguments)
    {
        if (Volatile.Read(ref _released) != 0)
        {
            throw new ObjectDisposedException(
                kind.Name,
                $"The remote object '{Name}' was disposed, so '{member.Name}' cannot be called; create another one "
                    + "with CreateRemoteAsync."
            );
        }

        if (!member.IsAsync && child.IsReceiving)
        {
            throw new SelfAwaitException(
                $"The call '{member.Name}' would block the thread that receives its answer, because it is made while "
                    + "an event of the child is dispatched; make it in a handler instead, or call a member that "
                    + "returns a task."
            );
        }

        return objects.Call(child, id, kind, member, arguments);
    }

    public Task ReleaseAsync(bool throws) =>
        Interlocked.Exchange(ref _released, 1) == 0
            ? objects.ReleaseAsync(child, id, kind, throws)
            : Task.CompletedTask;
}
