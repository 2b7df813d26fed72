using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What children may say wrongly on the way to being ready.</summary>
internal static class LieTable
{
    private const int Disassociate = 2;

    public static IEnumerable<Lie> UntilReady =>
        [
            Of("another secret", Step.Hello, Expected.Refused, child => child.SayHello(nonce: new byte[32])),
            Of(
                "another version",
                Step.Hello,
                Expected.Refused,
                child => child.SayHello(version: Handshake.ProtocolVersion + 1)
            ),
            Of(
                "another incarnation",
                Step.Hello,
                Expected.Refused,
                child => child.SayHello(incarnation: Guid.NewGuid())
            ),
            Of(
                "another build",
                Step.Hello,
                Expected.Refused,
                child => child.SayHello(module: one => one with { Mvid = Guid.NewGuid() })
            ),
            Of(
                "no assembly",
                Step.Hello,
                Expected.Refused,
                child => child.SayHello(module: one => one with { Assembly = "Other " + one.Assembly })
            ),
            Of("a hello of three bytes", Step.Hello, Expected.Refused, child => child.SayRaw(3, 0, 0, 0, 1, 2, 3)),
            Of("an empty hello", Step.Hello, Expected.Refused, child => child.SayRaw(0, 0, 0, 0)),
            Of("a hello of 2 GB", Step.Hello, Expected.Retried, child => child.SayRaw(255, 255, 255, 127)),
            Of("a hello of less than nothing", Step.Hello, Expected.Retried, child => child.SayRaw(255, 255, 255, 255)),
            Of(
                "every assembly twice",
                Step.Hello,
                Expected.Retried,
                child => child.SayHello(module: one => new ModuleVersion("Twice", one.Mvid), repeat: 2)
            ),
            Of("a proof of nonsense", Step.Hello, Expected.Retried, child => child.SayProven([1, 0, 0, 0, 9])),
            Of(
                "a proof of four billion assemblies",
                Step.Hello,
                Expected.Retried,
                child => child.SayProven([1, 0, 0, 0, .. new byte[16], 255, 255, 255, 255])
            ),
            Of(
                "another system's name",
                Step.Associate,
                Expected.Harmless,
                child => child.SayPdu(Proto.Associate("other"))
            ),
            Of(
                "another host",
                Step.Associate,
                Expected.Harmless,
                child => child.SayPdu(Proto.Associate(child.SystemName, host: "elsewhere"))
            ),
            Of(
                "another port",
                Step.Associate,
                Expected.Harmless,
                child => child.SayPdu(Proto.Associate(child.SystemName, port: 2))
            ),
            Of(
                "a disassociation first",
                Step.Associate,
                Expected.Retried,
                child => child.SayPdu(Proto.Instruction(Disassociate))
            ),
            Of(
                "an envelope first",
                Step.Associate,
                Expected.Harmless,
                child => child.SayEnvelope(0, EnvelopeFlags.Hello)
            ),
            Of("a frame of an unknown kind", Step.Associate, Expected.Retried, child => child.SayFrame(9, 1, 2, 3)),
            Of("a frame without a kind", Step.Associate, Expected.Retried, child => child.SayRaw(0, 0, 0, 0, 1)),
            Of(
                "a frame of less than nothing",
                Step.Associate,
                Expected.Retried,
                child => child.SayRaw(255, 255, 255, 255, 1)
            ),
            Of("a frame of 2 GB", Step.Associate, Expected.Retried, child => child.SayRaw(255, 255, 255, 127, 1)),
            Of(
                "garbage first",
                Step.Associate,
                Expected.Harmless,
                child =>
                {
                    child.SayFrame(1, 1, 2, 3);
                    child.SayPdu(Proto.Associate(child.SystemName));
                }
            ),
            Of(
                "an association twice",
                Step.Associate,
                Expected.Harmless,
                child =>
                {
                    child.SayPdu(Proto.Associate(child.SystemName));
                    child.SayPdu(Proto.Associate(child.SystemName));
                }
            ),
            Of(
                "a first envelope with number 7",
                Step.FirstEnvelope,
                Expected.Retried,
                child => child.SayEnvelope(7, EnvelopeFlags.Hello)
            ),
            Of(
                "a first envelope with number -1",
                Step.FirstEnvelope,
                Expected.Retried,
                child => child.SayEnvelope(-1, EnvelopeFlags.Hello)
            ),
            Of(
                "a receipt of what was not sent",
                Step.FirstEnvelope,
                Expected.Retried,
                child => child.SayEnvelope(0, EnvelopeFlags.Hello, received: 5)
            ),
            Of(
                "an envelope that is too short",
                Step.FirstEnvelope,
                Expected.Retried,
                child => child.SayFrame((byte)FrameKind.Envelope, new byte[16])
            ),
            Of(
                "unknown flags",
                Step.FirstEnvelope,
                Expected.Harmless,
                child => child.SayEnvelope(0, (EnvelopeFlags)0xf9)
            ),
            Of(
                "a failed set-up",
                Step.Ready,
                Expected.Retried,
                child => child.Say(new WireMessage.SetupFailed(RemoteFailure.From(new InvalidOperationException("no"))))
            ),
            Of("an outcome before it is ready", Step.Ready, Expected.Retried, child => child.Settle(1)),
            Of(
                "a start before it is ready",
                Step.Ready,
                Expected.Retried,
                child => child.Say(new WireMessage.Started(1))
            ),
            Of(
                "a report before it is ready",
                Step.Ready,
                Expected.Retried,
                child => child.Say(new WireMessage.Progress(1, default))
            ),
            Of(
                "a pause before it is ready",
                Step.Ready,
                Expected.Retried,
                child => child.Say(new WireMessage.Suspended())
            ),
            Of(
                "that it leaves before it is ready",
                Step.Ready,
                Expected.Retried,
                child => child.Say(new WireMessage.Leaving())
            ),
            Of("an unknown message", Step.Ready, Expected.Retried, child => child.SayMessage(200)),
            Of("an empty message", Step.Ready, Expected.Retried, child => child.SayMessage()),
            Of("a message of zeros", Step.Ready, Expected.Retried, child => child.SayMessage(0, 0, 0)),
            Of("a message with a tail", Step.Ready, Expected.Retried, child => child.SayMessage(7, 2, 9)),
            Of("a parent's message", Step.Ready, Expected.Retried, child => child.Say(new WireMessage.Drain(1000))),
        ];

    private static Lie Of(string name, Step step, Expected expected, Action<FakeChild> tell) =>
        new(name, step, expected, tell);
}
