using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Does those steps of clients that the world around the program makes happen.</summary>
internal interface IWorldControl
{
    /// <summary>Whether the clients' time is over: they begin no more steps.</summary>
    bool IsEnding { get; }

    /// <summary>The children of a worker of a node's child are to be as the world makes them.</summary>
    void AttachNested(int node, SubprocessOptions options);

    Task DoAsync(Step step);
}
