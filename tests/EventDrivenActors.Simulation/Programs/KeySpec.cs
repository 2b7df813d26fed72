namespace EventDrivenActors.Simulation.Programs;

/// <summary>One mapped key.</summary>
/// <param name="Key">The event's key: <c>k0</c> to <c>k9</c>.</param>
/// <param name="Shape">The shape of its handler, which does the <see cref="Work"/> of the event.</param>
/// <param name="Before">The before hook, if there is one.</param>
/// <param name="After">Whether there is an after hook.</param>
/// <param name="Twice">Whether a second handler is mapped, which only returns.</param>
internal sealed record KeySpec(
    string Key,
    HandlerShape Shape,
    HookKind Before = HookKind.None,
    bool After = false,
    bool Twice = false
);

/// <summary>The shape of a handler.</summary>
internal enum HandlerShape
{
    /// <summary>It ends on the loop's thread; acts that wait are left out.</summary>
    Sync,
    Task,
    ValueTask,

    /// <summary>A task of a task.</summary>
    Nested,
}

internal enum HookKind
{
    None,
    Plain,

    /// <summary>It skips events whose id is even.</summary>
    SkipsEven,

    /// <summary>It throws for events whose id is divisible by three.</summary>
    ThrowsThird,
}

internal enum AdapterKind
{
    /// <summary>Defers events of odd ids and settles them a moment later.</summary>
    Defers,

    /// <summary>Passes everything on, after a yield for some.</summary>
    Filters,

    /// <summary>Its inbound filter throws for ids divisible by five.</summary>
    FilterThrows,

    /// <summary>Refuses some events when they are dispatched, by an exception of its outbound filter.</summary>
    RefusesOutbound,

    /// <summary>Its callbacks of the life cycle throw.</summary>
    LifecycleThrows,

    /// <summary>Its <c>OnStopping</c> takes a while.</summary>
    StopsSlowly,

    /// <summary>Its <c>OnStopping</c> never ends by itself.</summary>
    StopsNever,

    /// <summary>Its inbound filter blocks the thread for a moment; on real threads only.</summary>
    Blocks,
}
