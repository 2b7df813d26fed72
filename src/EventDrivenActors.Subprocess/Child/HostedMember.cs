using System.Reflection;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>A member that the parent calls: reflection once, then an invoker and a typed wait.</summary>
internal sealed class HostedMember
{
    private readonly RemoteMember _member;
    private readonly MethodInvoker _invoker;
    private readonly Func<object?, Task<object?>> _wait;

    /// <param name="member">The member to call.</param>
    /// <param name="objectToken">The kind of object that it is a member of.</param>
    public HostedMember(RemoteMember member, int objectToken)
    {
        _member = member;
        ObjectToken = objectToken;
        _invoker = MethodInvoker.Create(member.Method);
        _wait = WaitFor(member);
    }

    public int ObjectToken { get; }

    /// <summary>Calls it; every token parameter gets the token of the call.</summary>
    public Task<object?> InvokeAsync(object target, object?[] arguments, CancellationToken token)
    {
        if (arguments.Length != _member.Parameters.Length)
        {
            throw new ArgumentException(
                $"The member '{_member.Name}' takes {_member.Parameters.Length} arguments, and {arguments.Length} came."
            );
        }

        for (int i = 0; i < arguments.Length; i++)
        {
            if (_member.Parameters[i] == typeof(CancellationToken))
            {
                arguments[i] = token;
            }
        }

        return _wait(_invoker.Invoke(target, arguments.AsSpan()));
    }

    private static Func<object?, Task<object?>> WaitFor(RemoteMember member)
    {
        if (!member.IsAsync)
        {
            return Task.FromResult;
        }

        Type returned = member.Method.ReturnType;
        if (member.Result == typeof(void))
        {
            return returned == typeof(Task)
                ? task => ForTask((Task)task!)
                : task => ForTask(((ValueTask)task!).AsTask());
        }

        string wait =
            returned.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(ForTaskOf) : nameof(ForValueTaskOf);
        return typeof(HostedMember)
            .GetMethod(wait, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(member.Result)
            .CreateDelegate<Func<object?, Task<object?>>>();
    }

    private static async Task<object?> ForTask(Task task)
    {
        await task.ConfigureAwait(false);
        return null;
    }

    private static async Task<object?> ForTaskOf<T>(object? task) => await ((Task<T>)task!).ConfigureAwait(false);

    private static async Task<object?> ForValueTaskOf<T>(object? task) =>
        await ((ValueTask<T>)task!).ConfigureAwait(false);
}
