using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Runs the steps of clients that concern the world around the program.</summary>
internal interface IWorldControl
{
    /// <summary>Whether the clients' time is over: they begin no more steps.</summary>
    bool IsEnding { get; }

    /// <summary>Makes the children of the workers of a node's child in the way of this world.</summary>
    void AttachNested(int node, SubprocessOptions options);

    Task DoAsync(Step step);
}
