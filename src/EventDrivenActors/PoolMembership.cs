using EventDrivenActors.EventLoop.Mailbox;

namespace EventDrivenActors;

/// <summary>Makes a controller a worker of a pool.</summary>
internal sealed record PoolMembership(
    IController Pool,
    int Index,
    EventMailbox Shared,
    int? OwnCapacity,
    MappingManager Mapping,
    Action WentIdle,
    Func<Controller, bool> HasLeft,
    Action<Controller> Ended
);
