using System.Threading.Tasks.Dataflow;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Fire and forget: <c>Post</c> of a mapped event with all that a user gets.</summary>
internal sealed class PostRow : IRow
{
    public string Name => "post";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        foreach (
            (string variant, int producers, bool hooks) in new[]
            {
                ("1 producer", 1, false),
                ("2 producers", 2, false),
                ("with hooks", 1, true),
            }
        )
        {
            Stage stage = new();
            await using (stage.ConfigureAwait(false))
            {
                foreach (
                    RatioLine line in await course
                        .RunAsync(Race(stage, course, variant, producers, hooks))
                        .ConfigureAwait(false)
                )
                {
                    yield return line;
                }
            }
        }
    }

    private static Race Race(Stage stage, Course course, string variant, int producers, bool hooks)
    {
        Window window = new();
        Controller controller = stage.Runtime.CreateController(Stage.Counting(window, hooks));
        controller.Run();
        Message message = new(1);
        Contender ours = Contender.Repeating(
            "Post",
            course,
            n => window.RunAsync(n, _ => controller.Post(Stage.Count, message), producers)
        );
        Goal[] goals =
        [
            Goal.Faster("raw Tell", 1.5),
            Goal.Faster("Proto.Actor Send", 1.5),
            Goal.Faster("Channel", 1),
            Goal.Shown("ActionBlock"),
            Goal.Bytes(0),
        ];
        return new Race(
            $"post ({variant})",
            [
                ours,
                stage.RawTell(course, producers),
                stage.ProtoSend(course, producers),
                Channel(course, producers),
                Block(course, producers),
            ],
            goals
        );
    }

    private static Contender Channel(Course course, int producers)
    {
        Window window = new();
        ChannelCounter channel = new(window, 1, producers == 1);
        return Contender.Repeating(
            "Channel",
            course,
            n => window.RunAsync(n, i => channel.Write(new Message(i)), producers)
        );
    }

    private static Contender Block(Course course, int producers)
    {
        Window window = new();
        ActionBlock<Message> block = new(
            _ => window[0].Add(),
            new ExecutionDataflowBlockOptions { SingleProducerConstrained = producers == 1 }
        );
        return Contender.Repeating(
            "ActionBlock",
            course,
            n => window.RunAsync(n, i => block.Post(new Message(i)), producers)
        );
    }
}
