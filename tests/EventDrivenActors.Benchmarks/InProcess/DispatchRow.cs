using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary><c>Dispatch</c> with a pending that nobody awaits.</summary>
internal sealed class DispatchRow : IRow
{
    public string Name => "dispatch";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            Window window = new();
            Controller controller = stage.Runtime.CreateController(Stage.Counting(window));
            controller.Run();
            Message message = new(1);
            Contender ours = Contender.Repeating(
                "Dispatch",
                course,
                n => window.RunAsync(n, _ => controller.Dispatch(Stage.Count, message))
            );
            foreach (
                RatioLine line in await course
                    .RunAsync(
                        new Race(Name, [ours, stage.RawTell(course)], Goal.Faster("raw Tell", 1.2), Goal.Bytes(120))
                    )
                    .ConfigureAwait(false)
            )
            {
                yield return line;
            }
        }
    }
}
