using AssemblyCensus.Feeding;

namespace AssemblyCensus.Engines;

/// <summary>Does the reading. Disposing it ends its children, within a bounded time.</summary>
internal interface ICensusEngine : IAsyncDisposable
{
    /// <summary>
    /// A few words for the first and last line of the output, such as "in 2 child processes with 1 worker each".
    /// </summary>
    string Description { get; }

    /// <summary>
    /// A snapshot, one entry a child in the order of their numbers; empty without children. Any thread may ask.
    /// </summary>
    IReadOnlyList<ChildStatistics> Children { get; }

    /// <summary>
    /// Takes items one at a time, with a bounded number in flight, and yields exactly one outcome for each item taken,
    /// as they complete. The stream ends when the items have ended and nothing is in flight. The items end early when
    /// the census drains. Called once.
    /// </summary>
    /// <param name="items">Taken on one thread at a time.</param>
    /// <param name="abandon">The drain's deadline: items in flight are given up, and the stream throws.</param>
    /// <exception cref="OperationCanceledException">While reading, after <paramref name="abandon"/>.</exception>
    IAsyncEnumerable<CensusOutcome> RunAsync(IEnumerable<CensusItem> items, CancellationToken abandon);
}
