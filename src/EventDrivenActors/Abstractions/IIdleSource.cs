namespace EventDrivenActors;

/// <summary>
/// A part of what "idle" means for a controller, beyond its queue, its handler and its deferred events.
/// </summary>
public interface IIdleSource
{
    /// <summary>Whether this part is idle now. Called by any thread; must not block.</summary>
    bool IsIdle { get; }

    /// <summary>To be raised, on any thread, each time this part has become idle.</summary>
    event Action? BecameIdle;
}
