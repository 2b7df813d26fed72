using Akka.Actor;
using EventDrivenActors.Benchmarks.Harness;
using EventDrivenActors.Benchmarks.Peers;
using Proto;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>The actor systems of one row, and the contenders that several rows share.</summary>
internal sealed class Stage : IAsyncDisposable
{
    public static readonly EventKey<Message> Count = new("count");

    public EventRuntime Runtime { get; } = EventRuntime.Create();

    public Akka.Actor.ActorSystem AkkaSystem { get; } = Akka.Actor.ActorSystem.Create("raw", "akka.loglevel = WARNING");

    public Proto.ActorSystem ProtoSystem { get; } = new();

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync().ConfigureAwait(false);
        await AkkaSystem.Terminate().ConfigureAwait(false);
        await ProtoSystem.ShutdownAsync("the row has ended").ConfigureAwait(false);
        await ProtoSystem.DisposeAsync().ConfigureAwait(false);
    }

    /// <summary>A mapping as users have it: several keys, a typed handler that counts.</summary>
    public static MappingBlueprint Counting(Window window, bool hooks = false)
    {
        MappingBlueprint blueprint = new MappingBlueprint()
            .On("one", _ => { })
            .On("two", _ => { })
            .On(Count, (session, _) => window[session.WorkerIndex].Add());
        return hooks ? blueprint.Before(_ => { }).After(_ => { }) : blueprint;
    }

    public Contender RawTell(Course course, int producers = 1)
    {
        Window window = new();
        IActorRef actor = AkkaSystem.ActorOf(Akka.Actor.Props.Create(() => new RawActor(window[0])));
        return Contender.Repeating(
            "raw Tell",
            course,
            n => window.RunAsync(n, i => actor.Tell(new Message(i)), producers)
        );
    }

    public Contender ProtoSend(Course course, int producers)
    {
        Window window = new();
        PID actor = ProtoSystem.Root.Spawn(Proto.Props.FromProducer(() => new ProtoCounter(window[0])));
        return Contender.Repeating(
            "Proto.Actor Send",
            course,
            n => window.RunAsync(n, i => ProtoSystem.Root.Send(actor, new Message(i)), producers)
        );
    }
}
