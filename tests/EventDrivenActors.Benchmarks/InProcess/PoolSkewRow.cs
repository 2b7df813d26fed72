using Akka.Actor;
using Akka.Routing;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Waiting work of which a tenth takes 20 times as long, on 8 workers: the time until all is done.</summary>
/// <remarks>
/// Where the long items fall is RoundRobinPool's luck, so there are many rounds, each with another place for them, and
/// the same for everybody.
/// </remarks>
internal sealed class PoolSkewRow : IRow
{
    private const int Workers = 8;
    private const int Items = 100;
    private const int Short = 5;
    private const int Placements = 31;

    public string Name => "pool-skew";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        // Each contender warms up with one round, or their rounds would not have the same items.
        course = course with
        {
            Rounds = Math.Max(course.Rounds, Placements),
            WarmUp = TimeSpan.Zero,
        };
        Stage stage = new();
        await using (stage.ConfigureAwait(false))
        {
            EventKey<int> work = new("work");
            ControllerPool pool = stage.Runtime.CreatePool(
                Workers,
                options => options.Mapping.On(work, (_, time) => Task.Delay(time))
            );
            pool.Run();
            IActorRef router = stage.AkkaSystem.ActorOf(
                Props.Create(() => new DelayingActor()).WithRouter(new RoundRobinPool(Workers))
            );
            Race race = new(
                Name,
                [
                    Makespan("pool", times => Task.WhenAll(times.Select(time => pool.Dispatch(work, time).AsTask()))),
                    Makespan(
                        "Parallel.ForEachAsync",
                        times =>
                            Parallel.ForEachAsync(
                                times,
                                new ParallelOptions { MaxDegreeOfParallelism = Workers },
                                async (time, token) => await Task.Delay(time, token).ConfigureAwait(false)
                            )
                    ),
                    Makespan(
                        "RoundRobinPool",
                        times => Task.WhenAll(times.Select(time => router.Ask<int>(new Message(time))))
                    ),
                ],
                Goal.AtMost("Parallel.ForEachAsync", 1.02),
                Goal.Faster("RoundRobinPool", 1.7)
            );
            foreach (RatioLine line in await course.RunAsync(race).ConfigureAwait(false))
            {
                yield return line;
            }
        }
    }

    private static Contender Makespan(string name, Func<int[], Task> run)
    {
        int round = 0;
        return new Contender(
            name,
            async () =>
            {
                // The same items for everybody, others in each round.
                Random random = new(++round);
                int[] times = [.. Enumerable.Range(0, Items).Select(i => i < Items / 10 ? Short * 20 : Short)];
                random.Shuffle(times);
                long started = TimeProvider.System.GetTimestamp();
                await run(times).ConfigureAwait(false);
                return new Sample(TimeProvider.System.GetElapsedTime(started).TotalNanoseconds);
            }
        );
    }

    private sealed class DelayingActor : ReceiveActor
    {
        public DelayingActor() =>
            ReceiveAsync<Message>(async work =>
            {
                await Task.Delay(work.Value);
                Sender.Tell(work.Value);
            });
    }
}
