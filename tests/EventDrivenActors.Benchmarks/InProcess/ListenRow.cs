using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>An event with one listener, alone and among 10,000 others who listen to other controllers.</summary>
internal sealed class ListenRow : IRow
{
    private const int Others = 10_000;

    public string Name => "listen";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage crowded = new();
        await using (crowded.ConfigureAwait(false))
        {
            Stage alone = new();
            await using (alone.ConfigureAwait(false))
            {
                Contender ours = Listening(crowded, course, "among 10,000 others");
                Controller listener = crowded.Runtime.CreateController();
                for (int i = 0; i < Others; i++)
                {
                    listener.Listen(crowded.Runtime.CreateController(), Stage.Count);
                }

                Race race = new(Name, [ours, Listening(alone, course, "alone")], Goal.AtMost("alone", 1.2));
                foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
                {
                    yield return line;
                }
            }
        }
    }

    private static Contender Listening(Stage stage, Course course, string name)
    {
        Window window = new();
        Controller source = stage.Runtime.CreateController(new MappingBlueprint().On(Stage.Count, (_, _) => { }));
        Controller listener = stage.Runtime.CreateController(
            new MappingBlueprint().On(Stage.Count.Name, _ => window[0].Add())
        );
        listener.Listen(source, Stage.Count);
        source.Run();
        listener.Run();
        Message message = new(1);
        return Contender.Repeating(name, course, n => window.RunAsync(n, _ => source.Post(Stage.Count, message)));
    }
}
