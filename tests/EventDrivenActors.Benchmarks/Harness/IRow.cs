namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>A row of the table: one kind of work, in one or more races.</summary>
internal interface IRow
{
    string Name { get; }

    /// <summary>Sets the contenders up, races them, and takes everything down.</summary>
    IAsyncEnumerable<RatioLine> RunAsync(Course course);
}
