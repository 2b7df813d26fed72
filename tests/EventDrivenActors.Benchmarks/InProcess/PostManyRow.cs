using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary><c>PostMany</c> of 16 events.</summary>
internal sealed class PostManyRow : IRow
{
    private const int Batch = 16;

    public string Name => "post-many";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            Window window = new();
            Controller controller = stage.Runtime.CreateController(Stage.Counting(window));
            controller.Run();
            object?[] messages = [.. Enumerable.Range(0, Batch).Select(i => new Message(i))];
            Contender ours = Contender.Repeating(
                "PostMany",
                course,
                n => window.RunAsync(n, _ => controller.PostMany(Stage.Count, messages), step: Batch),
                first: 1024
            );
            foreach (
                RatioLine line in await course
                    .RunAsync(new Race(Name, [ours, stage.RawTell(course)], Goal.Faster("raw Tell", 2)))
                    .ConfigureAwait(false)
            )
            {
                yield return line;
            }
        }
    }
}
