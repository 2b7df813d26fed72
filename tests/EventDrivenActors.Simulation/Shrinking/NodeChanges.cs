using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Shrinking;

/// <summary>
/// The changes that make a node simpler: each resets one option to its default, and gives null if it changes nothing.
/// </summary>
internal static class NodeChanges
{
    public static readonly IReadOnlyList<Func<NodeSpec, NodeSpec?>> All =
    [
        node =>
            node.Child is { NestedKeys.Count: > 0 } child
                ? node with
                {
                    Child = child with { Keys = child.AllKeys(), NestedKeys = [] },
                }
                : null,
        node =>
            node.Child is { MemoryLimit: not null } child
                ? node with
                {
                    Child = child with { MemoryLimit = null },
                }
                : null,
        node =>
            node.Child is { } child
                ? node with
                {
                    Child = null,
                    Keys = [.. node.Keys, .. child.Keys.Where(key => node.Keys.All(own => own.Key != key.Key))],
                }
                : null,
        node => node.Workers > 0 ? node with { Workers = 0 } : null,
        node => node.Workers > 1 ? node with { Workers = 1 } : null,
        node => node.Workers > 2 ? node with { Workers = 2 } : null,
        node => node.Routing != default ? node with { Routing = default } : null,
        node => node.Capacity is not null ? node with { Capacity = null, FullMode = default } : null,
        node => node.Capacity > 1 ? node with { Capacity = 1 } : null,
        node => node.FullMode != default ? node with { FullMode = default } : null,
        node => node.ThrowWhenSuspended ? node with { ThrowWhenSuspended = false } : null,
        node => node.EventTimeout is not null ? node with { EventTimeout = null } : null,
        node => node.Timer is not null ? node with { Timer = null } : null,
        node => node.HearsErrors ? node with { HearsErrors = false } : null,
        node => node.HasOtherwise ? node with { HasOtherwise = false } : null,
        node => node.Vetoes > 0 ? node with { Vetoes = 0 } : null,
        node => node.Vetoes > 1 ? node with { Vetoes = 1 } : null,
        node => ChildWith(node, child => child.Workers > 1 ? child with { Workers = 1 } : null),
        node => ChildWith(node, child => child.Idempotent.Count > 0 ? child with { Idempotent = [] } : null),
        node => ChildWith(node, child => child.MaxAttempts != 3 ? child with { MaxAttempts = 3 } : null),
        node => ChildWith(node, child => child.MaxInFlight is not null ? child with { MaxInFlight = null } : null),
        node => ChildWith(node, child => child.KillOnTimeout ? child with { KillOnTimeout = false } : null),
        node =>
            ChildWith(
                node,
                child =>
                    child.EventTimeout is not null ? child with { EventTimeout = null, KillOnTimeout = false } : null
            ),
        node => ChildWith(node, child => child.Spare ? child with { Spare = false } : null),
        node => ChildWith(node, child => child.RecycleAfter is not null ? child with { RecycleAfter = null } : null),
    ];

    private static NodeSpec? ChildWith(NodeSpec node, Func<ChildSpec, ChildSpec?> change) =>
        node.Child is { } child && change(child) is { } simpler ? node with { Child = simpler } : null;
}
