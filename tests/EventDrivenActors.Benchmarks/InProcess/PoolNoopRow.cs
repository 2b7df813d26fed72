using System.Threading.Tasks.Dataflow;
using Akka.Actor;
using Akka.Routing;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>A pool whose handlers do nothing: the price of sharing a queue.</summary>
internal sealed class PoolNoopRow : IRow
{
    public string Name => "pool-noop";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        foreach (int workers in new[] { 4, 8 })
        {
            Stage stage = new();
            await using (stage.ConfigureAwait(false))
            {
                foreach (RatioLine line in await course.RunAsync(Race(stage, course, workers)).ConfigureAwait(false))
                {
                    yield return line;
                }
            }
        }
    }

    private static Race Race(Stage stage, Course course, int workers)
    {
        Window mine = new(workers);
        ControllerPool pool = stage.Runtime.CreatePool(workers, options => options.Mapping = Stage.Counting(mine));
        pool.Run();
        Message message = new(1);
        Contender ours = Contender.Repeating(
            "Post",
            course,
            n => mine.RunAsync(n, _ => pool.Post(Stage.Count, message))
        );
        Goal[] goals = [Goal.Faster("RoundRobinPool", 1.5), Goal.Faster("Channel", 1), Goal.Shown("ActionBlock")];
        return new Race(
            $"pool-noop ({workers} workers)",
            [ours, RoundRobin(stage, course, workers), Channel(course, workers), Block(course, workers)],
            goals
        );
    }

    private static Contender RoundRobin(Stage stage, Course course, int workers)
    {
        Window window = new(workers);
        int made = -1;
        IActorRef router = stage.AkkaSystem.ActorOf(
            Props
                .CreateBy(new Producer(() => new RawActor(window[Interlocked.Increment(ref made)])))
                .WithRouter(new RoundRobinPool(workers))
        );
        return Contender.Repeating("RoundRobinPool", course, n => window.RunAsync(n, i => router.Tell(new Message(i))));
    }

    private static Contender Channel(Course course, int workers)
    {
        Window window = new(workers);
        ChannelCounter channel = new(window, workers, singleWriter: true);
        return Contender.Repeating("Channel", course, n => window.RunAsync(n, i => channel.Write(new Message(i))));
    }

    private static Contender Block(Course course, int workers)
    {
        Window window = new();

        // The block does not say which of its workers calls.
        ActionBlock<Message> block = new(
            _ => window[0].AddShared(),
            new ExecutionDataflowBlockOptions { SingleProducerConstrained = true, MaxDegreeOfParallelism = workers }
        );
        return Contender.Repeating("ActionBlock", course, n => window.RunAsync(n, i => block.Post(new Message(i))));
    }

    private sealed class Producer(Func<ActorBase> produce) : IIndirectActorProducer
    {
        public Type ActorType => typeof(RawActor);

        public ActorBase Produce() => produce();

        public void Release(ActorBase actor) { }
    }
}
