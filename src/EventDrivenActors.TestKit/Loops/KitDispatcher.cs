using Akka.Dispatch;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>Akka's dispatcher in tests: runs the turns of actors as work of the loops.</summary>
internal sealed class KitDispatcher : MessageDispatcher
{
    private readonly LoopWork _work;

    public KitDispatcher(MessageDispatcherConfigurator configurator, LoopWork work)
        : base(configurator)
    {
        _work = work;
        Id = configurator.Config.GetString("id", "kit");
        Throughput = configurator.Config.GetInt("throughput", 1);
    }

    protected override void ExecuteTask(IRunnable run) => _work.Run(run.Run);

    protected override void Shutdown()
    {
        // The dispatcher has no threads of its own.
    }
}
