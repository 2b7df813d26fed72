using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>The changes that make a mapped key simpler.</summary>
internal static class KeyChanges
{
    public static readonly IReadOnlyList<Func<KeySpec, KeySpec?>> All =
    [
        key => key.Before != HookKind.None ? key with { Before = HookKind.None } : null,
        key => key.After ? key with { After = false } : null,
        key => key.Twice ? key with { Twice = false } : null,
        key =>
            key.Shape is HandlerShape.Nested or HandlerShape.ValueTask ? key with { Shape = HandlerShape.Task } : null,
        key => key.Shape != HandlerShape.Sync ? key with { Shape = HandlerShape.Sync } : null,
    ];
}
