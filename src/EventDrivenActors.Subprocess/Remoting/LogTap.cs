using Akka.Actor;
using Akka.Event;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>
/// Gets the log events of an actor system, each on the thread that logs: nothing queues up, and what is logged last is
/// not lost in a mailbox.
/// </summary>
internal sealed class LogTap : MinimalActorRef
{
    private readonly Action<LogEvent> _heard;

    private LogTap(IActorRefProvider provider, Action<LogEvent> heard)
    {
        Provider = provider;
        _heard = heard;
    }

    public override ActorPath Path { get; } = new RootActorPath(Address.AllSystems, "/log-tap");

    public override IActorRefProvider Provider { get; }

    /// <summary>Passes on what a system logs from now on. The function must be quick, and must not throw.</summary>
    public static void Attach(ActorSystem system, Action<LogEvent> heard) =>
        system.EventStream.Subscribe(new LogTap(((ExtendedActorSystem)system).Provider, heard), typeof(LogEvent));

    protected override void TellInternal(object message, IActorRef sender)
    {
        if (message is LogEvent log)
        {
            _heard(log);
        }
    }
}
