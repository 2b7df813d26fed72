namespace EventDrivenActors.Benchmarks.Scale;

/// <summary>One kind of work whose amount grows.</summary>
/// <param name="Name">What is measured.</param>
/// <param name="Grows">What grows.</param>
/// <param name="Unit">What the cost is for.</param>
/// <param name="Sizes">The amounts, ascending.</param>
/// <param name="Measure">The nanoseconds for one unit at an amount.</param>
internal sealed record ScaleRow(string Name, string Grows, string Unit, int[] Sizes, Func<int, Task<double>> Measure);
