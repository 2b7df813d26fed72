namespace EventDrivenActors;

/// <summary>The parent process's controller, as handlers in a child process see it.</summary>
public interface IParentController
{
    /// <summary>The context entry under which a child process provides it.</summary>
    static SessionKey<IParentController> Key { get; } = new("controller.parent");

    /// <summary>Raises an event in the parent's loop; its own handlers there run it.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value; it must be able to cross the process line.</param>
    /// <param name="args">Its arguments.</param>
    /// <exception cref="QueueFullException">The queue of the parent's controller has a capacity and is full, or the
    /// parent has not taken events for 5 s; the event was not raised.</exception>
    /// <remarks>
    /// Any thread. Events of one handler arrive in order. At most 256 events of a child are on their way at a time:
    /// beyond that the call blocks until the parent has taken some. Those that were on their way when the queue became
    /// full are not lost, they wait for room.
    /// </remarks>
    void Dispatch(object key, object? value = null, object?[]? args = null);
}
