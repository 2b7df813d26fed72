using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Dispatch and await with 1,000 in flight: the oldest is awaited before the next is asked.</summary>
internal sealed class AwaitManyRow : IRow
{
    private const int InFlight = 1000;

    public string Name => "await-1000";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            Askers askers = new(stage);
            Contender ours = Contender.Repeating("Dispatch", course, async n =>
            {
                Pending<int>[] ring = [.. Enumerable.Range(0, InFlight).Select(askers.Dispatch)];
                for (int i = 0; i < n - InFlight; i++)
                {
                    await ring[i % InFlight];
                    ring[i % InFlight] = askers.Dispatch(i);
                }

                foreach (Pending<int> last in ring)
                {
                    await last;
                }
            });
            Race race = new(
                Name, [ours, Ring("Akka Ask", askers.Ask), Ring("Proto.Actor RequestAsync", askers.Request), Ring("Channel", askers.Channel.AskAsync)],
                Goal.Faster("Akka Ask", 3), Goal.Faster("Proto.Actor RequestAsync", 3), Goal.Faster("Channel", 1));
            foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }

            askers.Channel.End();
        }

        Contender Ring(string name, Func<int, Task<int>> ask) => Contender.Repeating(name, course, async n =>
        {
            Task<int>[] ring = [.. Enumerable.Range(0, InFlight).Select(ask)];
            for (int i = 0; i < n - InFlight; i++)
            {
                await ring[i % InFlight].ConfigureAwait(false);
                ring[i % InFlight] = ask(i);
            }

            await Task.WhenAll(ring).ConfigureAwait(false);
        });
    }
}
