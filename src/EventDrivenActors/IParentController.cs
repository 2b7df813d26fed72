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
    /// <remarks>Any thread. Events of one handler arrive in order.</remarks>
    void Dispatch(object key, object? value = null, object?[]? args = null);
}
