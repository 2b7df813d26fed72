using System.Buffers;
using Akka.Actor;
using EventDrivenActors.Subprocess.Link;
using EventDrivenActors.Subprocess.Wire;

namespace EventDrivenActors.Subprocess.Worker;

/// <summary>Takes a call of the library's own through a worker of its own while the real one is set up, so that the parent's first call finds its way compiled.</summary>
/// <remarks>It is the link of that worker. Without it a warm spare would be cold: what a call needs takes fifty times longer the first time.</remarks>
internal sealed class Rehearsal : ILink
{
    private const int Token = 1;
    private const int EnoughBytes = 1024;
    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when it is over, or after a second; whatever goes wrong in it is of no account.</summary>
    public static Task RunAsync(ActorSystem system, TimeProvider time) =>
        Task.WhenAny(Task.Run(() => PlayAsync(system, time)), Task.Delay(EnoughTime, time));

    /// <summary>The rehearsal itself.</summary>
    public static Task PlayAsync(ActorSystem system, TimeProvider time) => new Rehearsal().ThroughAsync(new WorkerProgram(time), system);

    public bool Send(ReadOnlyMemory<byte> message)
    {
        switch (MessageCodec.Decode(message))
        {
            case WireMessage.Ready:
                _ready.TrySetResult();
                break;
            case WireMessage.Settled:
                _settled.TrySetResult();
                break;
        }

        return true;
    }

    public bool SendControl(ReadOnlyMemory<byte> message) => true;

    public Task DrainAsync() => Task.CompletedTask;

    private async Task ThroughAsync(WorkerProgram program, ActorSystem system)
    {
        PayloadCodec codec = new(new TypeFilter(), EnoughBytes);
        ReadOnlyMemory<byte> configuration = ChildConfigurationCodec.Encode(new ChildConfiguration(
            "rehearsal", 1, 0, (long)EnoughTime.TotalMilliseconds, EnoughBytes, null, [], [], new ContextCodec(codec).Encode(SessionContext.Empty)));
        program.Prepare(configuration);
        Task running = program.RunAsync(configuration, this, system, CancellationToken.None);
        await _ready.Task.ConfigureAwait(false);
        Tell(program, new WireMessage.DefineMethod(Token, MethodReference.From(Add)));
        EventPayload payload = new(ControllerEvents.Submit.Name, null, [1, 1], []);
        Tell(program, new WireMessage.Call(1, Token, new EventPayloadCodec(codec).Encode(payload), 1, 0));
        await _settled.Task.ConfigureAwait(false);
        Tell(program, new WireMessage.Drain((long)EnoughTime.TotalMilliseconds));
        await running.ConfigureAwait(false);
    }

    private static int Add(int one, int other) => one + other;

    private static void Tell(WorkerProgram program, WireMessage message)
    {
        ArrayBufferWriter<byte> writer = new();
        MessageCodec.Write(writer, message);
        program.OnReceived(writer.WrittenMemory);
    }
}
