using System.Collections.Concurrent;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Makes, calls and removes the objects that live in children for one controller. Any thread.</summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="controller">The controller.</param>
/// <param name="limit">How long a call may take.</param>
/// <param name="encoder">Turns arguments into bytes.</param>
/// <param name="queue">The calls.</param>
/// <param name="dispatcher">Cancels calls.</param>
/// <param name="supervisor">Keeps a child alive.</param>
/// <param name="run">Says whether calls are taken.</param>
/// <param name="log">Hears of disposals that fail.</param>
internal sealed class RemoteObjects(
    Lock gate,
    IController controller,
    TimeSpan? limit,
    CallEncoder encoder,
    CallQueue queue,
    CallDispatcher dispatcher,
    Supervisor supervisor,
    RunEnd run,
    SupervisionLog log
)
{
    // Any thread.
    private readonly ConcurrentDictionary<(Type Interface, Type Implementation), RemoteKind> _kinds = [];

    // Under the gate.
    private long _lastObject;

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
            pair => new RemoteKind(pair.Interface, pair.Implementation, encoder)
        );
        object?[] filled = arguments;
        RemoteConstructor.Choose(implementation, ref filled);
        TInterface proxy = RemoteProxy.Create<TInterface>();
        string name = $"new {kind.Name}";
        ReadOnlyMemory<byte> payload = encoder.EncodeArguments(name, arguments);
        cancellationToken.ThrowIfCancellationRequested();
        RemoteAnswer answer = new(name, controller.Name, blocks: false);
        ThrowIfStopping(name);
        RemoteCall call;
        lock (gate)
        {
            ThrowIf(run.IsClosed, name);
            call = Add(name, kind.Token, payload, ++_lastObject, null, answer);
        }

        answer.CancelWith(cancellationToken, () => dispatcher.Cancel(call));
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

    /// <summary>Whether the child of an object lives.</summary>
    public bool IsAlive(SupervisedChild child)
    {
        lock (gate)
        {
            return child.End is null;
        }
    }

    /// <summary>Calls a member of an object; fails here where an argument cannot cross.</summary>
    public RemoteAnswer Call(
        SupervisedChild child,
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

        if (IsAlive(child))
        {
            ThrowIfStopping(member.Name);
        }

        ReadOnlyMemory<byte> payload = encoder.EncodeArguments(member.Name, arguments);
        RemoteAnswer answer = new(member.Name, controller.Name, blocks: !member.IsAsync);
        RemoteCall call;
        lock (gate)
        {
            if (child.End is { } end)
            {
                throw CallFailures.ObjectLost(controller.Name, kind.Name, end);
            }

            ThrowIf(run.IsClosed, member.Name);
            call = Add(member.Name, member.Token, payload, objectId, child, answer);
        }

        foreach (CancellationToken token in tokens)
        {
            answer.CancelWith(token, () => dispatcher.Cancel(call));
        }

        return answer;
    }

    /// <summary>Removes an object after the calls made before.</summary>
    public async Task ReleaseAsync(SupervisedChild child, long objectId, RemoteKind kind, bool throws)
    {
        string name = $"{kind.Name}.Dispose";
        RemoteAnswer answer = new(name, controller.Name, blocks: false);
        lock (gate)
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
            log.DisposalFailed(kind.Name, outcome.Exception!.Message);
            await (throws ? answer.AsTask() : Task.CompletedTask).ConfigureAwait(false);
        }
    }

    /// <summary>Under the gate.</summary>
    private RemoteCall Add(
        string name,
        int token,
        ReadOnlyMemory<byte> payload,
        long objectId,
        SupervisedChild? child,
        RemoteAnswer answer
    )
    {
        RemoteCall call = new(queue.NextId(), name, token, payload, objectId, child, answer) { Limit = limit };
        queue.Add(call);
        supervisor.Send();
        return call;
    }

    /// <summary>
    /// During a shutdown, calls of this controller's own handlers are still taken, and the shutdown waits for them;
    /// other calls are refused.
    /// </summary>
    /// <remarks>Not under the gate: the loop asks whether the queue is idle under another lock.</remarks>
    private void ThrowIfStopping(string name)
    {
        IController whole = controller.Pool ?? controller;
        ThrowIf(
            (controller.State == ControllerState.Stopping || whole.State == ControllerState.Stopping)
                && !(Session.Current is { IsActive: true } current && (current.Pool ?? current.Self) == whole),
            name
        );
    }

    private void ThrowIf(bool closed, string name)
    {
        if (closed)
        {
            throw new ControllerClosedException(
                $"The controller '{controller.Name}' does not run, or is being shut down, so '{name}' is not called; "
                    + "call Run, and create its remote objects anew."
            );
        }
    }

    /// <summary>The object is gone, or was never made.</summary>
    private void CountOut(SupervisedChild? child)
    {
        if (child is not null)
        {
            lock (gate)
            {
                child.Member.Objects--;
                if (child.Member.Objects == 0)
                {
                    // The child may have been due for replacement.
                    supervisor.Look();
                }
            }
        }
    }
}
