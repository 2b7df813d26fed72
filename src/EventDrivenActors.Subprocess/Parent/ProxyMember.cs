using System.Reflection;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// A member as its proxy calls it: its token on the link, and the conversion of its answer to what the interface
/// declares.
/// </summary>
internal sealed class ProxyMember
{
    private readonly RemoteMember _member;
    private readonly Func<RemoteAnswer, object?> _give;

    public ProxyMember(RemoteMember member, int token)
    {
        _member = member;
        Token = token;
        _give = GiverOf(member);
    }

    public int Token { get; }

    public string Name => _member.Name;

    public bool IsAsync => _member.IsAsync;

    /// <summary>The value that a call returns to its caller: blocks for members that return no task.</summary>
    public object? Give(RemoteAnswer answer) => _give(answer);

    /// <summary>Takes the cancellation tokens out of a call's arguments: they cross as cancel messages.</summary>
    public CancellationToken[] TakeTokens(object?[] arguments)
    {
        List<CancellationToken> tokens = [];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] is CancellationToken token && _member.Parameters[i] == typeof(CancellationToken))
            {
                tokens.Add(token);
                arguments[i] = null;
            }
        }

        return [.. tokens];
    }

    private static Func<RemoteAnswer, object?> GiverOf(RemoteMember member)
    {
        Type returned = member.Method.ReturnType;
        if (returned == typeof(Task))
        {
            return answer => answer.AsTask();
        }

        if (returned == typeof(ValueTask))
        {
            return answer => new ValueTask(answer.AsTask());
        }

        if (member.Result == typeof(void))
        {
            return answer => answer.Wait();
        }

        string give =
            !member.IsAsync ? nameof(GiveValue)
            : returned.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(GiveTask)
            : nameof(GiveValueTask);
        Func<RemoteAnswer, string, object?> typed = typeof(ProxyMember)
            .GetMethod(give, BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(member.Result)
            .CreateDelegate<Func<RemoteAnswer, string, object?>>();
        return answer => typed(answer, member.Name);
    }

    private static object? GiveValue<T>(RemoteAnswer answer, string name) => Typed<T>(answer.Wait(), name);

    private static object GiveTask<T>(RemoteAnswer answer, string name) => TypedAsync<T>(answer, name);

    private static object GiveValueTask<T>(RemoteAnswer answer, string name) =>
        new ValueTask<T>(TypedAsync<T>(answer, name));

    private static async Task<T> TypedAsync<T>(RemoteAnswer answer, string name) =>
        Typed<T>(await answer.AsTask().ConfigureAwait(false), name);

    private static T Typed<T>(object? result, string name) =>
        result is T typed ? typed
        : result is null && default(T) is null ? default!
        : throw new InvalidOperationException(
            $"The child answered the call '{name}' with '{result ?? "null"}', which is not a {typeof(T).Name}."
        );
}
