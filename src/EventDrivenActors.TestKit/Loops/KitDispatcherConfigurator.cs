using Akka.Configuration;
using Akka.Dispatch;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>Named by <c>hocon/test.conf</c>.</summary>
internal sealed class KitDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly KitDispatcher _dispatcher;

    public KitDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new KitDispatcher(this, VirtualScheduler.Of(prerequisites.Scheduler).Work);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
