using System.Diagnostics.Metrics;
using System.Text;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Tests.Fakes;
using static EventDrivenActors.Subprocess.Tests.Fakes.Proto;

namespace EventDrivenActors.Subprocess.Tests.Link;

public sealed class PduGuardTests
{
    private const string Ours = "akka.unix://child-1@link:1/user/link";

    private readonly PduGuard _guard = new(Ours, "parent-1");

    [Fact]
    public void Guard_EnvelopeForTheLinkActor_Passes() => Assert.True(Admits(Message(Ours, EnvelopeSerializer.Id)));

    [Theory]
    [InlineData("akka.unix://child-1@link:1/user/other")]
    [InlineData("akka.unix://child-1@link:1/user")]
    [InlineData("akka.unix://child-1@link:1/remote")]
    [InlineData("akka.unix://child-1@link:1/user/link/more")]
    [InlineData("")]
    public void Guard_OtherRecipient_IsDroppedAndCounted(string recipient)
    {
        Assert.False(Admits(Message(recipient, EnvelopeSerializer.Id)));
        Assert.Equal(1, _guard.Dropped);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(6)]
    [InlineData(16)]
    [InlineData(17)]
    [InlineData(22)]
    [InlineData(-4)]
    public void Guard_OtherSerializer_IsDropped(int serializer) => Assert.False(Admits(Message(Ours, serializer)));

    [Fact]
    public void Guard_SystemMessageSequence_IsDropped() =>
        Assert.False(Admits(Message(Ours, EnvelopeSerializer.Id, sequence: 1)));

    [Fact]
    public void Guard_RepeatedField_IsDropped()
    {
        byte[] good = Message(Ours, EnvelopeSerializer.Id);
        Assert.False(Admits((byte[])[.. good, .. good]));
        Assert.False(Admits((byte[])[.. good, .. Field(2, Number(1, 3))]));
    }

    [Fact]
    public void Guard_Acknowledgement_IsDropped() => Assert.False(Admits(Field(1, Field(1, Fixed(1, 1)))));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Guard_Control_Passes(int command) => Assert.True(Admits(Field(2, Number(1, (ulong)command))));

    [Theory]
    [InlineData(2, true)]
    [InlineData(3, false)]
    [InlineData(4, true)]
    [InlineData(5, true)]
    public void Guard_Disassociation_IsAFarewell(int command, bool farewell) =>
        Assert.Equal(
            farewell ? PduVerdict.Farewell : PduVerdict.Instruction,
            _guard.Judge(Field(2, Number(1, (ulong)command)), out _)
        );

    [Fact]
    public void Guard_Introduction_PassesUnderTheAgreedNameOnly()
    {
        Assert.True(Admits(Introduction("parent-1")));
        Assert.False(Admits(Introduction("parent-2")));
        Assert.False(Admits(Introduction("parent-1", host: "elsewhere")));
        Assert.False(Admits(Introduction("parent-1", port: 2)));
        Assert.False(Admits(Introduction("parent-1", scheme: "tcp")));
    }

    [Fact]
    public void Guard_AssociationWithoutIntroduction_IsDropped()
    {
        Assert.False(Admits(Field(2, Number(1, 1))));
        // Akka would read only the lower half of the number.
        Assert.False(Admits(Field(2, Number(1, (1UL << 32) | 1))));
        Assert.False(Admits(Field(2, Number(1, 6))));
    }

    [Fact]
    public void Guard_NumberOfAnotherType_IsDropped()
    {
        // A parser passes over a field of the wrong type, and takes the default instead: serializer 0, or sequence 0,
        // which is a system message's.
        byte[] recipient = Field(1, Field(1, Encoding.UTF8.GetBytes(Ours)));
        Assert.False(
            Admits(
                Field(
                    1,
                    Field(
                        2,
                        [
                            .. recipient,
                            .. Field(2, [.. Field(1, "bytes"u8), .. Fixed(2, EnvelopeSerializer.Id)]),
                            .. Fixed(5, ulong.MaxValue),
                        ]
                    )
                )
            )
        );
        Assert.False(
            Admits(
                Field(
                    1,
                    Field(
                        2,
                        [
                            .. recipient,
                            .. Field(2, [.. Field(1, "bytes"u8), .. Number(2, EnvelopeSerializer.Id)]),
                            .. Number(5, ulong.MaxValue),
                        ]
                    )
                )
            )
        );
    }

    [Fact]
    public void Guard_MessageWithoutSequence_IsDropped() =>
        Assert.False(
            Admits(
                Field(
                    1,
                    Field(
                        2,
                        [
                            .. Field(1, Field(1, Encoding.UTF8.GetBytes(Ours))),
                            .. Field(2, [.. Field(1, "bytes"u8), .. Number(2, EnvelopeSerializer.Id)]),
                        ]
                    )
                )
            )
        );

    [Fact]
    public void Guard_Dropped_IsCountedOnTheMeter()
    {
        long counted = 0;
        using MeterListener listener = new();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == "EventDrivenActors" && instrument.Name == "link.pdus.dropped")
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<long>((_, measurement, _, _) => counted += measurement);
        listener.Start();
        long told = 0L;
        PduGuard guard = new PduGuard(Ours, "parent-1", dropped => told = dropped);
        guard.Judge("garbage"u8.ToArray(), out _);
        guard.Judge(default, out _);
        Assert.Equal((2, 2), (counted, told));
    }

    [Fact]
    public void Guard_CutOrChangedBytes_NeverThrow()
    {
        byte[] good = Message(Ours, EnvelopeSerializer.Id);
        Random random = new Random(1);
        for (int length = 0; length < good.Length; length++)
        {
            Assert.False(Admits(good.AsMemory(0, length)));
        }

        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])good.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Admits(changed);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(100)]
    [InlineData(127)]
    [InlineData(20_000)]
    [InlineData(263_000)]
    public void Guard_WhatTheWriterPutsAroundAnEnvelope_PassesAndIsTakenOff(int length)
    {
        byte[] envelope = new byte[length];
        Random.Shared.NextBytes(envelope);
        EnvelopePdu pdu = new(Ours);
        byte[] room = new byte[pdu.MaximumHead];
        int head = pdu.WriteHead(room, length);
        byte[] whole = [.. room[^head..], .. envelope, .. pdu.Tail];
        Assert.Equal(Message(Ours, EnvelopeSerializer.Id, envelope), whole);
        Assert.Equal(PduVerdict.Envelope, _guard.Judge(whole, out ReadOnlyMemory<byte> taken));
        Assert.Equal(envelope, taken.ToArray());
    }

    private bool Admits(ReadOnlyMemory<byte> pdu) => _guard.Judge(pdu, out _) != PduVerdict.Dropped;

    private static byte[] Introduction(string system, string host = "link", int port = 1, string scheme = "unix") =>
        Proto.Associate(system, host, port, scheme);

    private static byte[] Message(string recipient, int serializer, ReadOnlySpan<byte> envelope) =>
        Proto.Message(recipient, serializer, envelope);

    private static byte[] Message(string recipient, int serializer, ulong sequence = ulong.MaxValue) =>
        Proto.Message(recipient, serializer, "bytes"u8, sequence: sequence);
}
