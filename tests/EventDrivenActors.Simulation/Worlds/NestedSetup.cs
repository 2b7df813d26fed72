using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Gives each worker of a child a child of its own.</summary>
internal sealed class NestedSetup : IChildSetup
{
    public void Configure(PoolOptions options)
    {
        Scene scene = Scene.Current;
        int node = scene.NodeOf(options.Name!);
        ChildSpec spec = scene.Program.Nodes[node].Child!;
        options.AddSubprocess(child =>
        {
            NodeMaker.Map(child.Mapping, spec.NestedKeys);
            child.AllowType<Work>();
            Cargo.Allow(child);
            scene.World?.AttachNested(node, child);
        });
    }
}
