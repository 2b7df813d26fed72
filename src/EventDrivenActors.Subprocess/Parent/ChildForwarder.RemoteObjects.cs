using System.Collections.Concurrent;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Parent;

internal sealed partial class ChildForwarder
{
    private readonly ConcurrentDictionary<(Type Interface, Type Implementation), RemoteKind> _kinds = [];
    private long _lastObject;
    private bool _closed;

    /// <summary>Makes an object in the child, or in the next one when there is none now.</summary>
    public async Task<TInterface> CreateAsync<TInterface>(
        Type implementation,
        object?[] arguments,
        CancellationToken cancellationToken
    )
        where TInterface : class
    {
        RemoteKind kind = _kinds.GetOrAdd(
            (typeof(TInterface), implementation),
            pair => new RemoteKind(pair.Interface, pair.Implementation, _encoder)
        );
        object?[] filled = arguments;
        RemoteConstructor.Choose(implementation, ref filled);
        TInterface proxy = RemoteProxy.Create<TInterface>();
        string name = $"new {kind.Name}";
        ReadOnlyMemory<byte> payload = _encoder.EncodeArguments(name, arguments);
        cancellationToken.ThrowIfCancellationRequested();
        RemoteAnswer answer = new(name, Controller.Name, blocks: false);
        ThrowIfStopping(name);
        RemoteCall call;
        lock (_gate)
        {
            ThrowIf(_closed, name);
            call = Add(name, kind.Token, payload, ++_lastObject, null, answer);
        }

        answer.CancelWith(cancellationToken, () => Cancel(call));
        try
        {
            await answer.AsTask().ConfigureAwait(false);
        }
        catch
        {
            CountOut(call.Child);
            throw;
        }

        return RemoteProxy.Attach(proxy, new RemoteObject(this, call.Child!, kind, call.ObjectId));
    }

    /// <summary>How the child of an object ended; null while it lives.</summary>
    public ChildEnd? EndOf(ChildSession child)
    {
        lock (_gate)
        {
            return child.End;
        }
    }

    /// <summary>Calls a member of an object; what cannot cross fails here.</summary>
    public RemoteAnswer Call(
        ChildSession child,
        long objectId,
        RemoteKind kind,
        ProxyMember member,
        object?[] arguments
    )
    {
        CancellationToken[] tokens = member.TakeTokens(arguments);
        foreach (CancellationToken token in tokens)
        {
            token.ThrowIfCancellationRequested();
        }

        if (EndOf(child) is null)
        {
            ThrowIfStopping(member.Name);
        }

        ReadOnlyMemory<byte> payload = _encoder.EncodeArguments(member.Name, arguments);
        RemoteAnswer answer = new(member.Name, Controller.Name, blocks: !member.IsAsync);
        RemoteCall call;
        lock (_gate)
        {
            if (child.End is { } end)
            {
                throw ChildFailures.ObjectLost(Controller.Name, kind.Name, end);
            }

            ThrowIf(_closed, member.Name);
            call = Add(member.Name, member.Token, payload, objectId, child, answer);
        }

        foreach (CancellationToken token in tokens)
        {
            answer.CancelWith(token, () => Cancel(call));
        }

        return answer;
    }

    /// <summary>Removes an object after the calls made before.</summary>
    public async Task ReleaseAsync(ChildSession child, long objectId, RemoteKind kind, bool reports)
    {
        string name = $"{kind.Name}.Dispose";
        RemoteAnswer answer = new(name, Controller.Name, blocks: false);
        lock (_gate)
        {
            if (child.End is not null)
            {
                return;
            }

            Add(name, 0, default, objectId, child, answer);
        }

        EventOutcome outcome = await answer.SettledAsync().ConfigureAwait(false);
        CountOut(child);
        if (outcome.Status is PendingStatus.Faulted or PendingStatus.TimedOut)
        {
            _log?.DisposalFailed(kind.Name, outcome.Exception!.Message);
            await (reports ? answer.AsTask() : Task.CompletedTask).ConfigureAwait(false);
        }
    }

    /// <summary>Under the gate.</summary>
    private RemoteCall Add(
        string name,
        int token,
        ReadOnlyMemory<byte> payload,
        long objectId,
        ChildSession? child,
        RemoteAnswer answer
    )
    {
        RemoteCall call = new(++_lastId, name, token, payload, objectId, child, answer)
        {
            Limit = TimeOption.Limit(_options.EventTimeout),
        };
        _table.Add(call);
        SendMore();
        return call;
    }

    /// <summary>
    /// During a shutdown, calls of this controller's own handlers are still taken, and the shutdown waits for them;
    /// other calls are refused.
    /// </summary>
    /// <remarks>Not under the gate: the loop asks this adapter whether it is idle under a gate of its own.</remarks>
    private void ThrowIfStopping(string name)
    {
        IController whole = Controller.Pool ?? Controller;
        ThrowIf(
            (Controller.State == ControllerState.Stopping || whole.State == ControllerState.Stopping)
                && !(Session.Current is { IsActive: true } current && (current.Pool ?? current.Self) == whole),
            name
        );
    }

    private void ThrowIf(bool closed, string name)
    {
        if (closed)
        {
            throw new ControllerClosedException(
                $"The controller '{Controller.Name}' does not run, or is being shut down, so '{name}' is not called; "
                    + "call Run, and create its remote objects anew."
            );
        }
    }

    /// <summary>The object is gone, or was never made.</summary>
    private void CountOut(ChildSession? child)
    {
        if (child is not null)
        {
            lock (_gate)
            {
                child.Member.Objects--;
                if (child.Member.Objects == 0)
                {
                    // It may have been due for replacement.
                    Look();
                }
            }
        }
    }

    private WireMessage.ObjectCall MessageOf(RemoteCall call, ChildSession child)
    {
        if (call.Makes)
        {
            call.Child = child;
            child.Member.Objects++;
        }

        return new WireMessage.ObjectCall(
            call.Id,
            call.ObjectId,
            call.Token,
            call.Payload,
            LimitOnTheWire(call),
            call.Slot
        );
    }
}
