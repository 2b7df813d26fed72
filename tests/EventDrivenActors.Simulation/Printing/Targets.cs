using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Printing;

/// <summary>Where an event of a program is handled.</summary>
/// <param name="Node">The index of its node.</param>
/// <param name="Key">Its key; <see cref="Submitted"/> for a submitted function.</param>
/// <param name="Work">The work of its handler.</param>
internal sealed record Target(int Node, string Key, Work Work)
{
    public const string Submitted = "submit";

    /// <summary>All events of a program, each with its place.</summary>
    public static IEnumerable<Target> Of(SimProgram program) =>
        from client in program.Clients
        from step in client.Steps
        from work in step.Works
        from target in WithInner(new Target(step.Node, step.Kind == StepKind.Submit ? Submitted : step.Key, work))
        select target;

    /// <summary>How its key is mapped; null where it is not, or for a submitted function.</summary>
    public KeySpec? KeyIn(SimProgram program) =>
        Spec(program.Nodes[Node].Keys) ?? Spec(program.Nodes[Node].Child?.AllKeys() ?? []);

    /// <summary>Whether its handler runs in a child.</summary>
    public bool IsInChild(SimProgram program) =>
        program.Nodes[Node].Child is { } child
        && Spec(program.Nodes[Node].Keys) is null
        && (Key == Submitted || Spec(child.AllKeys()) is not null);

    private static IEnumerable<Target> WithInner(Target target) =>
        target
            .Work.Acts.Where(act => act.Inner is not null)
            .SelectMany(act =>
                WithInner(
                    new Target(
                        act.Node < 0 ? target.Node : act.Node,
                        act.Kind == ActKind.Call && (AwaitForm)act.Amount == AwaitForm.Submitted ? Submitted : act.Key,
                        act.Inner!
                    )
                )
            )
            .Prepend(target);

    private KeySpec? Spec(IReadOnlyList<KeySpec> keys) => keys.FirstOrDefault(key => key.Key == Key);
}
