using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>A simulated program broke an invariant, failed, or did not end.</summary>
public sealed class SimulationException : XunitException
{
    internal SimulationException(string message, Exception? failure)
        : base(message, failure) { }

    /// <summary>The seed that found it.</summary>
    public int Seed { get; internal init; }

    /// <summary>
    /// The run, made as small as could be; <see cref="ControllerTestKit.ReplaySimulationAsync"/> runs it again.
    /// </summary>
    public string Replay { get; internal init; } = "";

    /// <summary>
    /// The name of the broken invariant, or <see langword="null"/> where the program itself failed or did not end.
    /// </summary>
    public string? Invariant { get; internal init; }

    /// <summary>The faults that are needed for it, a sentence each; empty where none is.</summary>
    public IReadOnlyList<string> Faults { get; internal init; } = [];

    /// <summary>
    /// How many turns have to come before their place in the queue for it; 0 where it fails in the plain order.
    /// </summary>
    public int TurnsOutOfOrder { get; internal init; }

    /// <summary>
    /// The last events of the controllers in their order, with the starts, ends and faults of children and the jumps of
    /// the clock between them.
    /// </summary>
    public string Order { get; internal init; } = "";
}
