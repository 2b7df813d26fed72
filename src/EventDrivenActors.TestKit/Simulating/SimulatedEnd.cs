namespace EventDrivenActors.TestKit.Simulating;

/// <summary>How a run ended.</summary>
/// <param name="Broken">The failure; null if there is none.</param>
/// <param name="Faults">The faults that happened, by number.</param>
/// <param name="Deviations">The steps that did not run the first action in the queue.</param>
/// <param name="Order">The events in their order.</param>
internal sealed record SimulatedEnd(
    Broken? Broken,
    IReadOnlyList<(int Number, string Says)> Faults,
    IReadOnlyList<int> Deviations,
    string Order
);
