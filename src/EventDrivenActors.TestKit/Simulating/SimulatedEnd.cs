namespace EventDrivenActors.TestKit.Simulating;

/// <summary>How a run ended.</summary>
/// <param name="Broken">What went wrong; null if nothing did.</param>
/// <param name="Faults">The faults that happened, by number.</param>
/// <param name="Deviations">The steps at which not the first in the queue came.</param>
/// <param name="Order">The events in their order.</param>
internal sealed record SimulatedEnd(
    Broken? Broken,
    IReadOnlyList<(int Number, string Says)> Faults,
    IReadOnlyList<int> Deviations,
    string Order
);
