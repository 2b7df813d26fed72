using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Dispatch and await, one at a time.</summary>
internal sealed class AwaitOneRow : IRow
{
    public string Name => "await-1";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            Askers askers = new(stage);
            Contender ours = Contender.Repeating("Dispatch", course, async n =>
            {
                for (int i = 0; i < n; i++)
                {
                    await askers.Dispatch(i);
                }
            });
            Race race = new(
                Name, [ours, Sequential("Akka Ask", askers.Ask), Sequential("Proto.Actor RequestAsync", askers.Request), Sequential("Channel", askers.Channel.AskAsync)],
                Goal.Faster("Akka Ask", 2), Goal.Faster("Proto.Actor RequestAsync", 2), Goal.Shown("Channel"));
            foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }

            askers.Channel.End();
        }

        Contender Sequential(string name, Func<int, Task<int>> ask) => Contender.Repeating(name, course, async n =>
        {
            for (int i = 0; i < n; i++)
            {
                await ask(i).ConfigureAwait(false);
            }
        });
    }
}
