using Akka.Actor;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>Making 100,000 controllers that then do nothing, and the memory that they hold.</summary>
internal sealed class IdleRow : IRow
{
    private const int Controllers = 100_000;

    public string Name => "idle";

    public async IAsyncEnumerable<RatioLine> RunAsync(Course course)
    {
        MappingBlueprint blueprint = Stage.Counting(new Window());
        Contender ours = Making(
            "CreateController, Run",
            stage =>
            {
                Controller controller = stage.Runtime.CreateController(blueprint);
                controller.Run();
                return controller;
            }
        );
        Contender peer = Making("raw ActorOf", stage => stage.AkkaSystem.ActorOf(Props.CreateBy(new Producer())));
        Race race = new(Name, [ours, peer], Goal.Faster("raw ActorOf", 0.7), Goal.Bytes(2.5 * 1024));

        // Once is warm enough: it is 100,000 times.
        foreach (RatioLine line in await (course with { WarmUp = TimeSpan.Zero }).RunAsync(race).ConfigureAwait(false))
        {
            yield return line;
        }
    }

    private static Contender Making(string name, Func<Stage, object> make) =>
        new(
            name,
            async () =>
            {
                Stage stage = new();
                await using (stage.ConfigureAwait(false))
                {
                    object[] made = new object[Controllers];
                    long before = GC.GetTotalMemory(forceFullCollection: true);
                    long started = TimeProvider.System.GetTimestamp();
                    for (int i = 0; i < made.Length; i++)
                    {
                        made[i] = make(stage);
                    }

                    double time = TimeProvider.System.GetElapsedTime(started).TotalNanoseconds;
                    long after = GC.GetTotalMemory(forceFullCollection: true);
                    GC.KeepAlive(made);
                    return new Sample(time / Controllers, (after - before) / (double)Controllers);
                }
            }
        );

    private sealed class Producer : IIndirectActorProducer
    {
        private static readonly Tally Unused = new();

        public Type ActorType => typeof(RawActor);

        public ActorBase Produce() => new RawActor(Unused);

        public void Release(ActorBase actor) { }
    }
}
