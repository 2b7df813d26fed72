using System.Runtime.CompilerServices;
using System.Threading.Channels;
using AssemblyCensus.Feeding;

namespace AssemblyCensus.Engines;

/// <summary>Keeps a bounded number of items in flight and streams their outcomes as they complete.</summary>
internal static class BoundedStream
{
    /// <summary>
    /// Starts at most <paramref name="inFlight"/> items at a time; a new one is taken when an outcome has been read. A
    /// failure of <paramref name="start"/> itself, rather than of its event, ends the stream with a
    /// <see cref="ChannelClosedException"/> around it.
    /// </summary>
    public static async IAsyncEnumerable<CensusOutcome> RunAsync(
        IEnumerable<CensusItem> items,
        int inFlight,
        Func<CensusItem, Task<CensusOutcome>> start,
        [EnumeratorCancellation] CancellationToken abandon
    )
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(inFlight, 1);
        Channel<CensusOutcome> outcomes = Channel.CreateUnbounded<CensusOutcome>(
            new UnboundedChannelOptions { SingleReader = true }
        );
        using IEnumerator<CensusItem> source = items.GetEnumerator();
        bool more = true;
        int open = 0;
        while (true)
        {
            while (more && open < inFlight && (more = source.MoveNext()))
            {
                open++;
                _ = StartAsync(source.Current, start, outcomes.Writer);
            }

            if (open == 0)
            {
                yield break;
            }

            CensusOutcome outcome = await outcomes.Reader.ReadAsync(abandon);
            open--;
            yield return outcome;
        }
    }

    private static async Task StartAsync(
        CensusItem item,
        Func<CensusItem, Task<CensusOutcome>> start,
        ChannelWriter<CensusOutcome> outcomes
    )
    {
        try
        {
            outcomes.TryWrite(await start(item));
        }
        catch (Exception exception)
        {
            outcomes.TryComplete(exception);
        }
    }
}
