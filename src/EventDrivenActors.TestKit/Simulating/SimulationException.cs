using Xunit.Sdk;

namespace EventDrivenActors.TestKit;

/// <summary>A simulated program broke an invariant, failed, or did not end.</summary>
public sealed class SimulationException : XunitException
{
    internal SimulationException(string message, Exception? failure)
        : base(message, failure) { }

    /// <summary>The seed that found the failure.</summary>
    public int Seed { get; internal init; }

    /// <summary>
    /// The run, as small as shrinking made it; <see cref="ControllerTestKit.ReplaySimulationAsync"/> runs it again.
    /// </summary>
    public string Replay { get; internal init; } = "";

    /// <summary>
    /// The name of the broken invariant; <see langword="null"/> if the program itself failed or did not end.
    /// </summary>
    public string? Invariant { get; internal init; }

    /// <summary>
    /// The faults that were left after shrinking, one description each; empty if the program fails without any.
    /// </summary>
    public IReadOnlyList<string> Faults { get; internal init; } = [];

    /// <summary>
    /// The number of turns that ran before their place in the queue; 0 if the program fails in the plain order.
    /// </summary>
    public int TurnsOutOfOrder { get; internal init; }

    /// <summary>
    /// The last events of the controllers in their order, with the starts, ends and faults of children and the jumps of
    /// the clock between them.
    /// </summary>
    public string Order { get; internal init; } = "";
}
