using Akka.Actor;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Asynchronous handlers: one that completes synchronously, and one that really suspends.</summary>
internal sealed class AsyncRow : IRow
{
    public string Name => "async";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        foreach (
            (string variant, bool suspends, double times) in new[]
            {
                ("completes", false, 8.0),
                ("suspends", true, 1.0),
            }
        )
        {
            Stage stage = new();
            await using (stage.ConfigureAwait(false))
            {
                foreach (
                    RatioLine line in await course
                        .RunAsync(Race(stage, course, variant, suspends, times))
                        .ConfigureAwait(false)
                )
                {
                    yield return line;
                }
            }
        }
    }

    private static Race Race(Stage stage, Course course, string variant, bool suspends, double times)
    {
        Window mine = new();
        Controller controller = stage.Runtime.CreateController(
            new MappingBlueprint().On(
                Stage.Count,
                async (_, _) =>
                {
                    if (suspends)
                    {
                        await Task.Yield();
                    }

                    mine[0].Add();
                }
            )
        );
        controller.Run();
        Message message = new(1);
        Contender ours = Contender.Repeating(
            "Post",
            course,
            n => mine.RunAsync(n, _ => controller.Post(Stage.Count, message))
        );
        Window window = new();
        IActorRef actor = stage.AkkaSystem.ActorOf(Props.Create(() => new AsyncActor(window[0], suspends)));
        Contender peer = Contender.Repeating(
            "ReceiveAsync",
            course,
            n => window.RunAsync(n, i => actor.Tell(new Message(i)))
        );
        return new Race($"async ({variant})", [ours, peer], Goal.Faster("ReceiveAsync", times));
    }
}
