using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors.EventLoop;

/// <summary>Refuses events that a controller or a pool cannot take, with an exception for the caller.</summary>
/// <param name="receiver">The controller or pool.</param>
/// <param name="kind">The word for it in messages.</param>
/// <param name="capacity">How many events its queue holds; <see langword="null"/> where that has no limit.</param>
/// <param name="throwsWhenSuspended">Whether it refuses events while it is suspended.</param>
internal readonly struct Refusals(IReceiver receiver, string kind, int? capacity, bool throwsWhenSuspended)
{
    /// <exception cref="InvalidOperationException">It is suspended, and takes no events meanwhile.</exception>
    public void ThrowIfSuspended(object key)
    {
        if (throwsWhenSuspended && receiver.State == ControllerState.Suspended)
        {
            throw new InvalidOperationException(
                $"The {kind} '{receiver.Name}' is suspended and takes no events meanwhile; call Resume before "
                    + $"dispatching '{key}'."
            );
        }
    }

    /// <exception cref="ControllerClosedException">It is being shut down, or has ended.</exception>
    public void ThrowIfEnded(object key)
    {
        if (receiver.State is ControllerState.Stopping or ControllerState.Stopped or ControllerState.Failed)
        {
            ThrowIfRefused(AddResult.Closed, key);
        }
    }

    /// <exception cref="ControllerClosedException">The queue is closed.</exception>
    /// <exception cref="QueueFullException">The queue is full.</exception>
    public void ThrowIfRefused(AddResult result, object key)
    {
        if (result == AddResult.Closed)
        {
            throw new ControllerClosedException(
                $"The {kind} '{receiver.Name}' is {receiver.State.ToString().ToLowerInvariant()}; "
                    + $"call Run before dispatching '{key}'."
            );
        }

        if (result == AddResult.Full)
        {
            throw new QueueFullException(
                $"The queue of the {kind} '{receiver.Name}' is full with {capacity} events, so '{key}' was not "
                    + "queued; await DispatchAsync for room, or raise the capacity."
            );
        }
    }
}
