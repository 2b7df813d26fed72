using System.Buffers;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;
using TypeFilter = EventDrivenActors.Wire.Payloads.TypeFilter;

namespace EventDrivenActors.Subprocess.Tests.Calls;

public sealed class CallRunnerTests : IAsyncLifetime
{
    private readonly EventRuntime _runtime = EventRuntime.Create();
    private readonly CollectingLink _link = new();
    private readonly EventPayloadCodec _events;
    private readonly HolderOptions _options;
    private CallRunner _runner = null!;

    public CallRunnerTests()
    {
        PayloadCodec codec = new(new TypeFilter(), 1 << 20);
        _events = new EventPayloadCodec(codec);
        _options = new HolderOptions
        {
            Codec = codec,
            Events = _events,
            ReadTimeout = TimeSpan.FromSeconds(10),
            LinkTime = TimeProvider.System,
            Refuse = (message, cause) => new PayloadRefusedException(message, cause),
            SystemEnded = (key, failure) => new InvalidOperationException($"{key}", failure),
            Fail = reason => Assert.Fail($"{reason}"),
        };
    }

    public Task InitializeAsync()
    {
        ControllerPool pool = _runtime.CreatePool(1, options => options.Mapping.On("run", () => { }));
        pool.Run();
        CallerOutbox outbox = new(_link);
        RunningCalls calls = new();
        _runner = new CallRunner(
            new CallDispatch(pool),
            _options,
            pool,
            outbox,
            calls,
            new OutcomeSender(_options, calls, outbox),
            new ReadingLane(TimeProvider.System)
        );
        return Task.CompletedTask;
    }

    public Task DisposeAsync() => _runtime.DisposeAsync().AsTask().Guarded();

    [Fact]
    public async Task CancelThatOvertakes_StopsACallThatIsDeliveredAgain_ThoughItsIdIsLow()
    {
        _runner.Accept(Call(10));
        _runner.Cancel(new WireMessage.Cancel(5, Number: 2));
        _runner.Accept(Call(5));
        _runner.Accept(Call(11));

        Assert.Equal(
            [(5, OutcomeKind.Cancelled), (10, OutcomeKind.Completed), (11, OutcomeKind.Completed)],
            (await _link.Settled.WaitForAsync(3)).Select(settled => (settled.Id, settled.Kind)).Order()
        );
    }

    [Fact]
    public async Task CancelOfACallThatHasEnded_LeavesNothingBehind()
    {
        _runner.Accept(Call(7));
        await _link.Settled.WaitForAsync(1);
        _runner.Cancel(new WireMessage.Cancel(7, Number: 1));
        _runner.Accept(Call(7));

        Assert.All(await _link.Settled.WaitForAsync(2), settled => Assert.Equal(OutcomeKind.Completed, settled.Kind));
    }

    [Fact]
    public async Task EventWithoutAKey_Fails()
    {
        _runner.Accept(Call(1, key: null));

        Assert.Equal(OutcomeKind.Faulted, (await _link.Settled.WaitForAsync(1))[0].Kind);
    }

    private WireMessage.Call Call(long id, string? key = "run")
    {
        ArrayBufferWriter<byte> payload = new();
        _events.Write(payload, new EventPayload(key, null, [], []));
        return new WireMessage.Call(id, 0, payload.WrittenMemory, 1, 0);
    }

    private sealed class CollectingLink : ILink
    {
        public Journal<WireMessage.Settled> Settled { get; } = new();

        public bool Send(ReadOnlyMemory<byte> message)
        {
            if (MessageCodec.Decode(message.ToArray()) is WireMessage.Settled settled)
            {
                Settled.Add(settled);
            }

            return true;
        }

        public bool SendControl(ReadOnlyMemory<byte> message) => Send(message);

        public Task DrainAsync() => Task.CompletedTask;
    }
}
