using Akka.Configuration;
using Akka.Dispatch;

namespace EventDrivenActors.TestKit.Loops;

/// <summary>Creates the dispatcher; <c>hocon/test.conf</c> names this type.</summary>
internal sealed class KitDispatcherConfigurator : MessageDispatcherConfigurator
{
    private readonly KitDispatcher _dispatcher;

    public KitDispatcherConfigurator(Config config, IDispatcherPrerequisites prerequisites)
        : base(config, prerequisites) =>
        _dispatcher = new KitDispatcher(this, VirtualScheduler.Of(prerequisites.Scheduler).Work);

    public override MessageDispatcher Dispatcher() => _dispatcher;
}
