using System.Runtime.CompilerServices;
using AssemblyCensus.Feeding;
using AssemblyCensus.Reading;

namespace AssemblyCensus.Engines;

/// <summary>
/// The measure for the pool: the same handler in one plain loop, one file at a time, without children.
/// </summary>
internal sealed class InProcessEngine : ICensusEngine
{
    public string Description => $"in this process (pid {Environment.ProcessId}), one at a time";

    public IReadOnlyList<ChildStatistics> Children => [];

    public async IAsyncEnumerable<CensusOutcome> RunAsync(
        IEnumerable<CensusItem> items,
        [EnumeratorCancellation] CancellationToken abandon
    )
    {
        // The loop below never waits; its caller goes on here and shows the progress.
        await Task.Yield();
        foreach (CensusItem item in items)
        {
            abandon.ThrowIfCancellationRequested();
            yield return Read(item);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static CensusOutcome Read(CensusItem item)
    {
        if (item.Sabotage is not null)
        {
            return CensusOutcome.Failed(
                item,
                EventFailure.NotRun,
                "Sabotage in this process would end the census; leave out --in-process."
            );
        }

        try
        {
            return CensusOutcome.Read(item, AssemblyReader.Read(item.Path));
        }
        catch (Exception exception)
        {
            // A pool goes on after a handler that threw, and so does this loop.
            return CensusOutcome.Failed(
                item,
                EventFailure.HandlerFailed,
                $"{exception.GetType().Name}: {exception.Message}"
            );
        }
    }
}
