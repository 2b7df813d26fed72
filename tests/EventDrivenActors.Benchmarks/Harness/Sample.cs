namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>What a round cost: nanoseconds an operation, and the bytes that were allocated for it.</summary>
internal readonly record struct Sample(double Nanoseconds, double Bytes = double.NaN);
