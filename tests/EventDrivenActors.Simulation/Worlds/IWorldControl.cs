using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>Does those steps of clients that the world around the program makes happen.</summary>
internal interface IWorldControl
{
    /// <summary>Whether the clients' time is over: they begin no more steps.</summary>
    bool IsEnding { get; }

    Task DoAsync(Step step);
}
