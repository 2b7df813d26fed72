using System.Diagnostics.Metrics;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Tests.Fakes;
using static EventDrivenActors.Subprocess.Tests.Fakes.Proto;

namespace EventDrivenActors.Subprocess.Tests.Remoting;

public sealed class PduGuardTests
{
    private const string Ours = "akka.unix://child-1@link:1/user/link";

    private readonly PduGuard _guard = new("parent-1");

    [Theory]
    [InlineData(Ours)]
    [InlineData("akka.unix://child-1@link:1/user/other")]
    [InlineData("akka.unix://child-1@link:1/user")]
    [InlineData("akka.unix://child-1@link:1/remote")]
    [InlineData("akka.unix://child-1@link:1/user/link/more")]
    [InlineData("")]
    public void Guard_MessageToAnyActor_IsDroppedAndCounted(string recipient)
    {
        Assert.False(Admits(Message(recipient, 17)));
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
    public void Guard_MessageOfAnySerializer_IsDropped(int serializer) =>
        Assert.False(Admits(Message(Ours, serializer)));

    [Fact]
    public void Guard_SystemMessageSequence_IsDropped() =>
        Assert.False(Admits(Message(Ours, 22, sequence: 1)));

    [Fact]
    public void Guard_RepeatedField_IsDropped()
    {
        byte[] good = Introduction("parent-1");
        Assert.False(Admits([.. good, .. good]));
        Assert.False(Admits([.. good, .. Field(2, Number(1, 3))]));
        Assert.False(Admits([.. good, .. Message(Ours, 17)]));
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
            _guard.Judge(Field(2, Number(1, (ulong)command)))
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

    /// <summary>A parser passes over a field of the wrong type, and takes the default instead.</summary>
    [Fact]
    public void Guard_NumberOfAnotherType_IsDropped() => Assert.False(Admits(Field(2, Fixed(1, 2))));

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
        PduGuard guard = new PduGuard("parent-1", dropped => told = dropped);
        guard.Judge("garbage"u8);
        guard.Judge(default);
        Assert.Equal((2, 2), (counted, told));
    }

    [Fact]
    public void Guard_CutOrChangedBytes_NeverThrow()
    {
        byte[] good = Introduction("parent-1");
        Random random = new Random(1);
        for (int length = 0; length < good.Length; length++)
        {
            Assert.False(Admits(good.AsSpan(0, length)));
        }

        for (int round = 0; round < 20_000; round++)
        {
            byte[] changed = (byte[])good.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            Admits(changed);
        }
    }

    private bool Admits(ReadOnlySpan<byte> pdu) => _guard.Judge(pdu) != PduVerdict.Dropped;

    private static byte[] Introduction(string system, string host = "link", int port = 1, string scheme = "unix") =>
        Proto.Associate(system, host, port, scheme);

    private static byte[] Message(string recipient, int serializer, ulong sequence = ulong.MaxValue) =>
        Proto.Message(recipient, serializer, "bytes"u8, sequence: sequence);
}
