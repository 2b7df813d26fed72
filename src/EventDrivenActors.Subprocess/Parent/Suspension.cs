using EventDrivenActors.Subprocess.Supervision;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>Whether the controller is suspended, and what each child was told of that.</summary>
/// <param name="gate">The gate that the owners of the parent's half share.</param>
/// <param name="children">The controller's children.</param>
internal sealed class Suspension(Lock gate, SupervisedChildren children)
{
    // Under the gate.
    private TaskCompletionSource? _reached;
    private bool _isOn;

    /// <summary>Under the gate.</summary>
    public bool IsOn => _isOn;

    /// <summary>
    /// Under the gate. Whether no child starts anything. A child that does not take events yet is told before it does,
    /// and the end of a dying one is awaited.
    /// </summary>
    private bool IsReached =>
        children.All(child =>
            child.Member.Role == ChildRole.Dying
                ? child.Member.Calls.Count == 0
                : !child.Member.IsUp || child.Member.Pause.Holds
        );

    /// <summary>
    /// Nothing is sent from now on. Completes when each child has said that it starts nothing more, or is no more.
    /// </summary>
    public ValueTask BeginAsync(CancellationToken cancellationToken)
    {
        lock (gate)
        {
            _isOn = true;
            TellAll();
            if (IsReached)
            {
                return default;
            }

            _reached ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            return new ValueTask(_reached.Task.WaitAsync(cancellationToken));
        }
    }

    /// <summary>Children may start calls again. Under the gate.</summary>
    public void End()
    {
        _isOn = false;
        TellAll();
        Release();
    }

    /// <summary>A run begins. Under the gate.</summary>
    public void Reset() => _isOn = false;

    /// <summary>Releases the waits for it. Under the gate.</summary>
    public void Release()
    {
        _reached?.TrySetResult();
        _reached = null;
    }

    /// <summary>A child has said that it starts nothing more, or is no more. Under the gate.</summary>
    public void Check()
    {
        if (_reached is not null && IsReached)
        {
            Release();
        }
    }

    /// <summary>A child has said that it starts nothing more. Under the gate.</summary>
    /// <returns>Whether it is now known to start nothing.</returns>
    /// <exception cref="LinkProtocolException">It was not asked.</exception>
    public bool Confirm(SupervisedChild child)
    {
        if (!child.Member.Pause.IsAwaited)
        {
            throw new LinkProtocolException(
                "The child said that it starts nothing more, and had not been asked for that."
            );
        }

        if (!child.Member.Pause.Confirm())
        {
            return false;
        }

        child.Member.Calls.IsFrozen = true;
        Check();
        return true;
    }

    /// <summary>A child is about to be ready. Under the gate.</summary>
    public void Include(SupervisedChild child) => child.Member.Pause.ByUser = _isOn;

    /// <summary>Tells a child whether it may start calls, if it does not know. Under the gate.</summary>
    public static void Tell(SupervisedChild child)
    {
        if (!child.Member.IsUp || child.Member.Pause.Tell() is not { } pause)
        {
            return;
        }

        if (!pause)
        {
            child.Member.Calls.IsFrozen = false;
        }

        child.SendControl(pause ? new WireMessage.Suspend() : new WireMessage.Resume());
    }

    /// <summary>Under the gate.</summary>
    private void TellAll()
    {
        foreach (SupervisedChild child in children)
        {
            child.Member.Pause.ByUser = _isOn;
            Tell(child);
        }
    }
}
