using System.Collections.Concurrent;
using EventDrivenActors.Advanced;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>The objects that live in this child for the parent. Messages come one at a time, in order.</summary>
internal sealed class HostedObjects(ChildTypes types, ControllerPool pool, CallRunner runner, OutcomeSender outcomes)
{
    // Any thread.
    private readonly ConcurrentDictionary<long, HostedObject> _objects = [];

    // The thread that takes the parent's messages.
    private readonly Dictionary<int, RemoteContract> _contracts = [];
    private readonly Dictionary<int, HostedMember> _members = [];
    private readonly Dictionary<int, Exception> _refused = [];

    public void Define(WireMessage.DefineObject define) =>
        Define(
            define.Token,
            () =>
            {
                RemoteContract contract = new(
                    ChildTypes.Find(define.Interface),
                    ChildTypes.Find(define.Implementation)
                );
                types.Allow(contract.CrossingTypes);
                _contracts[define.Token] = contract;
            }
        );

    public void Define(WireMessage.DefineMember define) =>
        Define(
            define.Token,
            () =>
            {
                if (!_contracts.TryGetValue(define.ObjectToken, out RemoteContract? contract))
                {
                    throw new MethodReferenceException(
                        $"The method '{define.Member}' is of an object of the kind '{define.ObjectToken}', which was "
                            + "not defined."
                    );
                }

                RemoteMember member = contract.Find(define.Member);
                types.Allow(SignatureTypes.Of(member.Method));
                _members[define.Token] = new HostedMember(member, define.ObjectToken);
            }
        );

    public void Accept(WireMessage.ObjectCall received)
    {
        // Its arguments are read later.
        WireMessage.ObjectCall message = received with
        {
            Payload = received.Payload.ToArray(),
        };
        if (runner.Register(message.Id, message.Slot, stays: message.Token == 0) is not { } call)
        {
            return;
        }

        try
        {
            (HostedObject hosted, Func<Session, Task<object?>> body) = Plan(message);
            hosted.Enqueue(async () =>
            {
                await runner
                    .RunAsync(call, () => pool.Submit(body, options: Options(message).WithAttachment(call)))
                    .ConfigureAwait(false);
                if (hosted.Instance is null)
                {
                    // Its constructor has failed or never ran, or it was disposed.
                    _objects.TryRemove(message.ObjectId, out _);
                }
            });
        }
        catch (Exception refused)
        {
            outcomes.SendRefused(call, refused);
        }
    }

    /// <summary>The child leaves: objects that the parent has not disposed are disposed now.</summary>
    public async Task DisposeAsync()
    {
        foreach (HostedObject hosted in _objects.Values)
        {
            try
            {
                await hosted.DisposeAsync().ConfigureAwait(false);
            }
            catch (Exception failure)
            {
                await Console
                    .Error.WriteLineAsync(
                        $"A remote object failed when it was disposed at the end of its child: {failure}"
                    )
                    .ConfigureAwait(false);
            }
        }
    }

    private static EventOptions Options(WireMessage.ObjectCall message) =>
        new() { Timeout = message.TimeoutTicks != 0 ? TimeSpan.FromTicks(message.TimeoutTicks) : null };

    private void Define(int token, Action define)
    {
        try
        {
            define();
        }
        catch (Exception reason)
        {
            _refused[token] = reason;
        }
    }

    private (HostedObject Hosted, Func<Session, Task<object?>> Body) Plan(WireMessage.ObjectCall message)
    {
        if (_refused.TryGetValue(message.Token, out Exception? reason))
        {
            throw reason;
        }

        if (message.Token == 0)
        {
            HostedObject disposed = Find(message.ObjectId);
            return (disposed, session => Release(disposed));
        }

        // Read by the worker, within the call's time: reading may run user code.
        object?[] Arguments()
        {
            try
            {
                return [.. types.Events.Read(message.Payload).Args];
            }
            catch (PayloadException refused)
            {
                throw new ArgumentsException(refused);
            }
        }

        if (_contracts.TryGetValue(message.Token, out RemoteContract? contract))
        {
            HostedObject made = new(message.Token);
            return _objects.TryAdd(message.ObjectId, made)
                ? (made, session => Create(made, contract, Arguments()))
                : throw new MethodReferenceException($"The object '{message.ObjectId}' is there already.");
        }

        HostedObject hosted = Find(message.ObjectId);
        return _members.TryGetValue(message.Token, out HostedMember? member) && member.ObjectToken == hosted.Token
            ? (
                hosted,
                session =>
                    member.InvokeAsync(
                        hosted.Instance ?? throw Gone(message.ObjectId),
                        Arguments(),
                        session.CancellationToken
                    )
            )
            : throw new MethodReferenceException(
                $"The member '{message.Token}' does not belong to the interface that the object '{message.ObjectId}' "
                    + "was made for."
            );
    }

    private static Task<object?> Create(HostedObject made, RemoteContract contract, object?[] arguments)
    {
        made.Instance = RemoteConstructor.Create(contract.Implementation, arguments);
        return Task.FromResult<object?>(null);
    }

    private static async Task<object?> Release(HostedObject hosted)
    {
        await hosted.DisposeAsync().ConfigureAwait(false);
        return null;
    }

    private HostedObject Find(long id) => _objects.TryGetValue(id, out HostedObject? hosted) ? hosted : throw Gone(id);

    private static ObjectDisposedException Gone(long id) => new($"remote object {id}");
}
