using System.Net.Sockets;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <content>What an honest child does.</content>
internal sealed partial class FakeChild
{
    private static readonly EventPayloadCodec Events = new(new PayloadCodec(new Wire.Payloads.TypeFilter()));

    private readonly Queue<WireMessage> _inbox = new();
    private readonly RecordReader _reader = new(17 * 1024 * 1024, 64 * 1024);
    private readonly CollectingInbox _collector;
    private StartMessage _start = null!;
    private string _key = "";
    private int _gathered;

    /// <summary>The keys of the calls that it has received, said to have started, and settled.</summary>
    public HashSet<string> Received { get; } = [];

    public HashSet<string> SaidStarted { get; } = [];

    public HashSet<string> SaidSettled { get; } = [];

    /// <summary>The call that it is about to answer.</summary>
    public long CallId { get; private set; }

    /// <summary>Completes when it has received so many calls.</summary>
    public async Task ReceivedAsync(int calls)
    {
        using CancellationTokenSource guard = new(TestSupport.HangGuard.Limit);
        while (Volatile.Read(ref _gathered) < calls)
        {
            await Task.Delay(5, guard.Token);
        }
    }

    private void Introduce()
    {
        At(Step.Connect, () => _wire.Socket.Connect(new UnixDomainSocketEndPoint(_start.SocketPath)));
        At(Step.Hello, () => SayHello());
        At(Step.Welcome, () => HandshakeFrames.Read(_wire.Socket));
        At(Step.Associate, () => SayPdu(Proto.Associate(SystemName)));
        At(Step.FirstEnvelope, () => SayEnvelope(0, EnvelopeFlags.Hello));
        At(Step.Ready, () => Say(new WireMessage.Ready(ProcessId)));
        _ready.TrySetResult();
    }

    private void Serve()
    {
        while (!_terminated)
        {
            ReadOne();
            while (_gathered >= _script.Gather && _inbox.TryDequeue(out WireMessage? message))
            {
                Take(message);
            }
        }

        Exit(Left);
    }

    private void ReadOne()
    {
        if (!_wire.HasInput())
        {
            if (SaidSettled.Count > 1)
            {
                At(Step.Heartbeat, SayHeartbeat);
            }
            else
            {
                SayHeartbeat();
            }

            return;
        }

        (FrameKind kind, byte[] payload) = _wire.ReadFrame();
        if (kind != FrameKind.Envelope)
        {
            return;
        }

        LinkEnvelope envelope = EnvelopeFormat.Read(payload);
        _reader.Read(envelope, _collector);
        if (envelope.Number > 0)
        {
            At(
                Step.Acknowledge,
                () =>
                {
                    _received = envelope.Number;
                    SayEnvelope(0);
                }
            );
        }
    }

    private void SayHeartbeat() => _wire.WriteFrame(FrameKind.Heartbeat, [0]);

    private void Take(WireMessage message)
    {
        switch (message)
        {
            case WireMessage.DefineMethod:
                At(Step.DefineMethod, () => { });
                break;
            case WireMessage.Call call:
                At(Step.Call, () => Run(call.Id, KeyOf(call)));
                break;
            case WireMessage.Cancel cancel:
                At(Step.Cancel, () => Say(Ended(cancel.Id, OutcomeKind.Cancelled)));
                break;
            case WireMessage.Suspend:
                At(Step.Suspended, () => Say(new WireMessage.Suspended()));
                break;
            case WireMessage.Drain:
                At(Step.Drain, () => At(Step.Close, () => Exit(Left)));
                break;
        }
    }

    /// <summary>A "hold" waits to be cancelled, "late" times out, everything else completes.</summary>
    private void Run(long id, string key)
    {
        CallId = id;
        _key = key;
        At(
            Step.Started,
            () =>
            {
                Say(new WireMessage.Started(id));
                if (!_wire.Half)
                {
                    SaidStarted.Add(key);
                }
            }
        );
        if (key == "hold")
        {
            return;
        }

        At(
            Step.Raise,
            () =>
                Say(
                    new WireMessage.Raise(
                        Encode(writer => Events.Write(writer, new EventPayload("heard", key, [], [])))
                    )
                )
        );
        At(Step.Settled, () => Settle(id, key, key == "late" ? OutcomeKind.TimedOut : OutcomeKind.Completed));
        if (key == "late")
        {
            At(Step.Ended, () => Say(new WireMessage.Ended(id)));
        }
    }

    private static string KeyOf(WireMessage.Call call) =>
        $"{Events.Read(call.Payload).Key ?? ControllerEvents.Submit.Name}";

    private sealed class CollectingInbox(FakeChild child) : ILinkPeer
    {
        public void OnReceived(ReadOnlyMemory<byte> message)
        {
            WireMessage decoded = MessageCodec.Decode(message.ToArray());
            child._inbox.Enqueue(decoded);
            if (decoded is WireMessage.Call call)
            {
                child._gathered++;
                child.Received.Add(KeyOf(call));
            }
        }

        public void OnClosed(string reason) { }
    }
}
