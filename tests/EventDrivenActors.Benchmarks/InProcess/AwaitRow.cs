using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Dispatch and await, with some in flight.</summary>
internal abstract class AwaitRow(string name, int inFlight, double akka, double proto, double? channel) : IRow
{
    public string Name => name;

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            Askers askers = new(stage);
            Race race = new(
                Name,
                [
                    Ring.Of("Dispatch", course, inFlight, askers.Dispatch),
                    Ring.Of("Akka Ask", course, inFlight, askers.Ask),
                    Ring.Of("Proto.Actor RequestAsync", course, inFlight, askers.Request),
                    Ring.Of("Channel", course, inFlight, askers.Channel.AskAsync),
                ],
                Goal.Faster("Akka Ask", akka),
                Goal.Faster("Proto.Actor RequestAsync", proto),
                channel is { } times ? Goal.Faster("Channel", times) : Goal.Shown("Channel")
            );
            foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }

            askers.Channel.End();
        }
    }
}
