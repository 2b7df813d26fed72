using System.Buffers;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// Sends one of the library's own calls through a separate worker while the real one is set up, so that the code is
/// compiled when the parent's first call comes.
/// </summary>
/// <remarks>
/// It is the link of that worker. Without it a warm spare would be cold: the first call takes fifty times longer.
/// </remarks>
internal sealed class Rehearsal : ILink
{
    private const int Token = 1;
    private const int EnoughBytes = 1024;
    private static readonly TimeSpan EnoughTime = TimeSpan.FromSeconds(1);
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _settled = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TimeProvider _time;
    private readonly ReadOnlyMemory<byte> _configuration;
    private readonly ReadOnlyMemory<byte> _definition;
    private readonly ReadOnlyMemory<byte> _call;

    /// <summary>Writes and reads its messages, for which no actor system is needed.</summary>
    public Rehearsal(TimeProvider time)
    {
        _time = time;
        PayloadCodec codec = new(new TypeFilter(), EnoughBytes);
        EventPayload payload = new(null, null, [1, 1], []);
        _configuration = ChildConfigurationCodec.Encode(
            new ChildConfiguration(
                "rehearsal",
                1,
                0,
                EnoughTime.Ticks,
                EnoughBytes,
                null,
                [],
                [],
                new ContextCodec(codec).Encode(SessionContext.Empty)
            )
        );
        _definition = Encode(new WireMessage.DefineMethod(Token, MethodReference.From(Add)));
        _call = Encode(new WireMessage.Call(1, Token, new EventPayloadCodec(codec).Encode(payload), 1, 0));
        Read(new ChildTypes(ChildConfigurationCodec.Decode(_configuration)));
    }

    /// <summary>Completes when the call has settled, or after a second; failures do not matter.</summary>
    public static Task RunAsync(Task<Rehearsal> prepared, ChildSystem system) =>
        Task.Run(async () =>
        {
            Rehearsal rehearsal = await prepared.ConfigureAwait(false);
            await Task.WhenAny(
                    rehearsal.PlayAsync(system),
                    rehearsal._settled.Task,
                    Task.Delay(EnoughTime, rehearsal._time)
                )
                .ConfigureAwait(false);
        });

    /// <summary>The whole rehearsal, with the worker's end.</summary>
    public async Task PlayAsync(ChildSystem system)
    {
        ChildProgram program = new(_time);
        program.Prepare(_configuration, StartMarks.None);
        Task running = program.RunAsync(_configuration, this, new ChildSystem(system.Booted), CancellationToken.None);
        await _ready.Task.ConfigureAwait(false);
        program.OnReceived(_definition);
        program.OnReceived(_call);
        await _settled.Task.ConfigureAwait(false);

        // Later calls come by the workers' actors.
        await system.Booted.ConfigureAwait(false);
        program.OnReceived(_call);

        // The end of a worker is compiled later, when that does not delay the first call.
        await Task.Delay(EnoughTime, _time).ConfigureAwait(false);
        program.OnReceived(Encode(new WireMessage.Drain((long)EnoughTime.TotalMilliseconds)));
        await running.ConfigureAwait(false);
    }

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

    private static int Add(int one, int other) => one + other;

    private static ReadOnlyMemory<byte> Encode(WireMessage message)
    {
        ArrayBufferWriter<byte> writer = new();
        MessageCodec.Write(writer, message);
        return writer.WrittenMemory;
    }

    private void Read(ChildTypes types)
    {
        WireMessage.DefineMethod definition = (WireMessage.DefineMethod)MessageCodec.Decode(_definition);
        types.Bind(definition.Method);
        types.Events.Read(((WireMessage.Call)MessageCodec.Decode(_call)).Payload);
        MessageCodec.Decode(
            Encode(
                new WireMessage.Settled(1, OutcomeKind.Completed, types.Codec.Encode(new object?[] { Add(1, 1) }), null)
            )
        );
        MessageCodec.Decode(Encode(new WireMessage.Started(1)));
        MessageCodec.Decode(Encode(new WireMessage.Ready(1)));
    }
}
