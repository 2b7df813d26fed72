using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fakes;

/// <summary>What children may say wrongly instead of an outcome, while they have two calls.</summary>
internal static class AnswerLies
{
    private const uint More = EnvelopeFormat.MoreFollows;

    public static IEnumerable<Lie> All =>
        [
            Lost("the outcome of an unknown call", child => child.Settle(99)),
            Lost(
                "an outcome twice",
                child =>
                {
                    child.SettleHonestly();
                    child.Settle(child.CallId);
                }
            ),
            Lost(
                "results that are no payload",
                child =>
                    child.Say(
                        new WireMessage.Settled(
                            child.CallId,
                            OutcomeKind.Completed,
                            "{\"$type\":\"System.Diagnostics.Process\"}"u8.ToArray(),
                            null
                        )
                    )
            ),
            Lost(
                "results that are one value",
                child =>
                    child.Say(
                        new WireMessage.Settled(
                            child.CallId,
                            OutcomeKind.Completed,
                            new byte[] { (byte)PayloadTag.True },
                            null
                        )
                    )
            ),
            Lost(
                "results that are nothing",
                child =>
                    child.Say(
                        new WireMessage.Settled(
                            child.CallId,
                            OutcomeKind.Completed,
                            new byte[] { (byte)PayloadTag.Null },
                            null
                        )
                    )
            ),
            Lost(
                "the end of a handler whose outcome it did not say",
                child => child.Say(new WireMessage.Ended(child.CallId))
            ),
            Lost(
                "no results",
                child => child.Say(new WireMessage.Settled(child.CallId, OutcomeKind.Completed, default, null))
            ),
            Lost("a delegate", child => child.SayResult(typeof(Action))),
            Lost("an object of a type that may not cross", child => child.SayResult(typeof(FileInfo))),
            Lost("results of 2 GB", child => child.SayMessage(10, (byte)(child.CallId << 1), 0, 255, 255, 255, 255, 7)),
            Lost("a failure that is none", child => child.SayMessage(10, (byte)(child.CallId << 1), 2, 0, 0)),
            Lost(
                "a completion that failed",
                child =>
                    child.Say(
                        new WireMessage.Settled(
                            child.CallId,
                            OutcomeKind.Completed,
                            default,
                            RemoteFailure.From(new IOException())
                        )
                    )
            ),
            Lost("an unknown outcome", child => child.SayMessage(10, (byte)(child.CallId << 1), 9, 0, 0)),
            Lost("an event that is none", child => child.Say(new WireMessage.Raise(new byte[] { 1, 2, 3 }))),
            Lost("that it is ready", child => child.Say(new WireMessage.Ready(1))),
            Lost(
                "that its set-up failed",
                child => child.Say(new WireMessage.SetupFailed(RemoteFailure.From(new IOException())))
            ),
            Lost("that it starts nothing more", child => child.Say(new WireMessage.Suspended())),
            Lost(
                "a report that nobody hears",
                child => child.Say(new WireMessage.Progress(child.CallId, new byte[] { (byte)PayloadTag.True }))
            ),
            Lost("that it took a report", child => child.Say(new WireMessage.ProgressTaken(child.CallId))),
            Lost("a parent's message", child => child.Say(new WireMessage.Cancel(child.CallId, 1))),
            Lost("an unknown message", child => child.SayMessage(200)),
            Lost("an empty message", child => child.SayMessage()),
            Lost("a number out of turn", child => child.SayEnvelope(1000)),
            Lost("a number again", child => child.SayEnvelope(1)),
            Lost("a receipt of what was not sent", child => child.SayEnvelope(0, received: 1000)),
            Lost("a receipt taken back", child => child.SayEnvelope(0, received: -1)),
            Lost("half a record header", child => child.SayEnvelope(records: [1, 0])),
            Lost(
                "a record longer than its envelope",
                child => child.SayEnvelope(records: FakeChild.Record([1, 2, 3], length: 10))
            ),
            Lost(
                "a record longer than a chunk",
                child => child.SayEnvelope(records: FakeChild.Record(new byte[100_000]))
            ),
            Lost("a message of 2 GB", child => child.SayEnvelope(records: FakeChild.Record([1], More, int.MaxValue))),
            Lost(
                "a message of less than nothing",
                child => child.SayEnvelope(records: FakeChild.Record([1], More, -1))
            ),
            Lost(
                "chunks that are too few",
                child => child.SayEnvelope(records: [.. FakeChild.Record([1], More, 10), .. FakeChild.Record([2])])
            ),
            Lost(
                "chunks that are too many",
                child => child.SayEnvelope(records: [.. FakeChild.Record([1], More, 3), .. FakeChild.Record([2, 3, 4])])
            ),
            Lost(
                "chunks in the control lane",
                child => child.SayEnvelope(records: FakeChild.Record([1], More | EnvelopeFormat.Control, 10))
            ),
            Lost(
                "an envelope that is too short",
                child => child.SayFrame((byte)FrameKind.Envelope, new byte[1])
            ),
            Lost("an empty envelope", child => child.SayFrame((byte)FrameKind.Envelope)),
            Lost("a frame of an unknown kind", child => child.SayFrame(0)),
            Lost("a frame of 2 GB", child => child.SayRaw(255, 255, 255, 127, 1)),
            Lost("a frame of less than nothing", child => child.SayRaw(0, 0, 0, 128, 1)),
            Lost("a disassociation", child => child.SayPdu(Proto.Instruction(2))),
            Lost("a disassociation because it shuts down", child => child.SayPdu(Proto.Instruction(4))),
            Lost("a disassociation because of quarantine", child => child.SayPdu(Proto.Instruction(5))),
            new(
                "a start after the outcome",
                Step.Settled,
                Expected.Harmless,
                child =>
                {
                    child.SettleHonestly();
                    child.Say(new WireMessage.Started(child.CallId));
                }
            ),
            Harmless("the start of an unknown call", child => child.Say(new WireMessage.Started(99))),
            Harmless("the end of an unknown call", child => child.Say(new WireMessage.Ended(99))),
            Harmless("a report of an unknown call", child => child.Say(new WireMessage.Progress(99, default))),
            Harmless("an empty heartbeat", child => child.SayFrame(2)),
            Harmless("a heartbeat of 100,000 bytes", child => child.SayFrame(2, new byte[100_000])),
            Harmless("a heartbeat of Akka's", child => child.SayPdu(Proto.Instruction(3))),
            Harmless("an association again", child => child.SayPdu(Proto.Associate(child.SystemName))),
            Harmless("an empty frame", child => child.SayFrame(1)),
        ];

    /// <summary>PDUs that Akka would obey, if it saw them.</summary>
    public static IEnumerable<Lie> Gadgets =>
        [
            Harmless("a pill for the link", child => child.SayPdu(Proto.Message(child.Parent, 17, [], "PP"))),
            Harmless("a kill for the link", child => child.SayPdu(Proto.Message(child.Parent, 17, [], "K"))),
            Harmless(
                "JSON with a type",
                child =>
                    child.SayPdu(
                        Proto.Message(
                            child.Parent,
                            1,
                            "{\"$type\":\"System.Diagnostics.Process, System.Diagnostics.Process\"}"u8
                        )
                    )
            ),
            Harmless("a selection", child => child.SayPdu(Proto.Message(child.Parent, 6, [1, 2, 3]))),
            Harmless(
                "a suspension as a system message",
                child => child.SayPdu(Proto.Message(child.Parent, 22, [], "S", sequence: 1))
            ),
            Harmless(
                "a message as a system message",
                child => child.SayPdu(Proto.Message(child.Parent, 17, new byte[17], sequence: 1))
            ),
            Harmless(
                "a message with a manifest",
                child => child.SayPdu(Proto.Message(child.Parent, 17, new byte[17], "M"))
            ),
            Harmless("a remote deployment", child => child.SayPdu(Proto.Message(child.RootOf("remote"), 3, [1, 2, 3]))),
            Harmless(
                "a pill for the guardian",
                child => child.SayPdu(Proto.Message(child.RootOf("user"), 17, [], "PP"))
            ),
            Harmless(
                "a message for the system guardian",
                child => child.SayPdu(Proto.Message(child.RootOf("system"), 17, new byte[17]))
            ),
            Harmless(
                "an acknowledgement of system messages",
                child => child.SayPdu(Proto.Field(1, Proto.Field(1, Proto.Fixed(1, 1))))
            ),
            Harmless("an unknown instruction", child => child.SayPdu(Proto.Instruction(6))),
        ];

    private static Lie Lost(string name, Action<FakeChild> tell) => new(name, Step.Settled, Expected.Lost, tell);

    private static Lie Harmless(string name, Action<FakeChild> tell) =>
        new(
            name,
            Step.Settled,
            Expected.Harmless,
            child =>
            {
                tell(child);
                child.SettleHonestly();
            }
        );
}
