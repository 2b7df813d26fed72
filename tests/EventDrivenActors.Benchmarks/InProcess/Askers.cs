using Akka.Actor;
using EventDrivenActors.Benchmarks.Peers;
using Proto;

namespace EventDrivenActors.Benchmarks.InProcess;

/// <summary>The same question to ours and to each peer.</summary>
internal sealed class Askers
{
    private static readonly EventKey<int, int> Double = new("double");
    private readonly Stage _stage;
    private readonly Controller _controller;
    private readonly IActorRef _actor;
    private readonly PID _proto;

    public Askers(Stage stage)
    {
        _stage = stage;
        _controller = stage.Runtime.CreateController(
            new MappingBlueprint().On("one", _ => { }).On("two", _ => { }).On(Double, (_, value) => value * 2)
        );
        _controller.Run();
        _actor = stage.AkkaSystem.ActorOf(Akka.Actor.Props.Create(() => new DoublingActor()));
        _proto = stage.ProtoSystem.Root.Spawn(Proto.Props.FromProducer(() => new ProtoDoubler()));
    }

    public ChannelDoubler Channel { get; } = new();

    public Pending<int> Dispatch(int value) => _controller.Dispatch(Double, value);

    public Task<int> Ask(int value) => _actor.Ask<int>(new Message(value));

    public Task<int> Request(int value) =>
        _stage.ProtoSystem.Root.RequestAsync<int>(_proto, new Message(value), CancellationToken.None);
}
