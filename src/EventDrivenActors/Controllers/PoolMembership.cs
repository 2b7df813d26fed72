using EventDrivenActors.EventLoop;

namespace EventDrivenActors.Controllers;

/// <summary>What makes a controller a worker of a pool.</summary>
internal sealed record PoolMembership(IController Pool, int Index, EventMailbox Shared, MappingManager Mapping, Action WentIdle, Action<Controller> Ended);
