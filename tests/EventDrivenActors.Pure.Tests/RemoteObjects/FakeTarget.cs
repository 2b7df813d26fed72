using System.Reflection;
using EventDrivenActors.Subprocess.Parent;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Pure.Tests.RemoteObjects;

/// <summary>Takes a proxy's calls and answers them when the test says so.</summary>
internal sealed class FakeTarget : IRemoteTarget
{
    private readonly TaskCompletionSource _released = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public string Name => "fake";

    public int ProcessId => 42;

    public bool IsAlive { get; set; } = true;

    /// <summary>The members called, with their arguments behind the tokens taken out.</summary>
    public List<string> Calls { get; } = [];

    public List<CancellationToken> Tokens { get; } = [];

    public List<RemoteAnswer> Answers { get; } = [];

    /// <summary>What a call ends as at once; null to leave it open.</summary>
    public EventOutcome? Outcome { get; set; }

    /// <summary>What a call throws instead of being sent.</summary>
    public Exception? Refusal { get; set; }

    /// <summary>Whether each removal throws when the disposal has thrown.</summary>
    public List<bool> Releases { get; } = [];

    public Task Released => _released.Task;

    public ProxyMember MemberOf(MethodInfo method) => new(new RemoteMember(method), 1);

    public RemoteAnswer Call(ProxyMember member, object?[] arguments)
    {
        if (Refusal is { } refusal)
        {
            throw refusal;
        }

        CancellationToken[] tokens = member.TakeTokens(arguments);
        RemoteAnswer answer = new(member.Name, "controller", !member.IsAsync);
        foreach (CancellationToken token in tokens)
        {
            answer.CancelWith(token, () => answer.Settle(EventOutcome.Cancelled));
        }

        Tokens.AddRange(tokens);
        Calls.Add($"{member.Name}({string.Join(", ", arguments.Select(argument => argument ?? "null"))})");
        Answers.Add(answer);
        if (Outcome is { } outcome)
        {
            answer.Settle(outcome);
        }

        return answer;
    }

    public Task ReleaseAsync(bool throws)
    {
        Releases.Add(throws);
        _released.TrySetResult();
        return Task.CompletedTask;
    }
}
