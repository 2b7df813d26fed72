using System.Text;
using EventDrivenActors.Subprocess.Link;

namespace EventDrivenActors.Subprocess.Tests.Link;

public sealed class PduGuardTests
{
    private const string Ours = "akka.unix://child-1@link:1/user/link";

    private readonly PduGuard _guard = new(Ours, "parent-1");

    [Fact]
    public void Guard_EnvelopeForTheLinkActor_Passes() => Assert.True(_guard.Admits(Message(Ours, EnvelopeSerializer.Id)));

    [Theory]
    [InlineData("akka.unix://child-1@link:1/user/other")]
    [InlineData("akka.unix://child-1@link:1/user")]
    [InlineData("akka.unix://child-1@link:1/remote")]
    [InlineData("akka.unix://child-1@link:1/user/link/more")]
    [InlineData("")]
    public void Guard_OtherRecipient_IsDroppedAndCounted(string recipient)
    {
        Assert.False(_guard.Admits(Message(recipient, EnvelopeSerializer.Id)));
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
    public void Guard_OtherSerializer_IsDropped(int serializer) => Assert.False(_guard.Admits(Message(Ours, serializer)));

    [Fact]
    public void Guard_SystemMessageSequence_IsDropped() => Assert.False(_guard.Admits(Message(Ours, EnvelopeSerializer.Id, sequence: 1)));

    [Fact]
    public void Guard_RepeatedField_IsDropped()
    {
        var good = Message(Ours, EnvelopeSerializer.Id);
        Assert.False(_guard.Admits([.. good, .. good]));
        Assert.False(_guard.Admits([.. good, .. Field(2, Number(1, 3))]));
    }

    [Fact]
    public void Guard_Acknowledgement_IsDropped() => Assert.False(_guard.Admits(Field(1, Field(1, Fixed(1, 1)))));

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Guard_Control_Passes(int command) => Assert.True(_guard.Admits(Field(2, Number(1, (ulong)command))));

    [Fact]
    public void Guard_Introduction_PassesUnderTheAgreedNameOnly()
    {
        Assert.True(_guard.Admits(Introduction("parent-1")));
        Assert.False(_guard.Admits(Introduction("parent-2")));
    }

    [Fact]
    public void Guard_CutOrChangedBytes_NeverThrow()
    {
        var good = Message(Ours, EnvelopeSerializer.Id);
        var random = new Random(1);
        for (var length = 0; length < good.Length; length++)
            Assert.False(_guard.Admits(good.AsSpan(0, length)));
        for (var round = 0; round < 20_000; round++)
        {
            var changed = (byte[])good.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            _guard.Admits(changed);
        }
    }

    private static byte[] Introduction(string system) =>
        Field(2, [.. Number(1, 1), .. Field(2, [.. Field(1, [.. Field(1, Encoding.UTF8.GetBytes(system)), .. Field(2, "link"u8), .. Number(3, 1)]), .. Fixed(2, 9)])]);

    private static byte[] Message(string recipient, int serializer, ulong sequence = ulong.MaxValue) =>
        Field(1, Field(2,
        [
            .. Field(1, Field(1, Encoding.UTF8.GetBytes(recipient))),
            .. Field(2, [.. Field(1, "bytes"u8), .. Number(2, (ulong)(long)serializer)]),
            .. Fixed(5, sequence),
        ]));

    private static byte[] Field(int field, ReadOnlySpan<byte> bytes) => [.. Varint((ulong)(field << 3) | 2), .. Varint((ulong)bytes.Length), .. bytes];

    private static byte[] Number(int field, ulong value) => [.. Varint((ulong)(field << 3)), .. Varint(value)];

    private static byte[] Fixed(int field, ulong value) => [.. Varint((ulong)(field << 3) | 1), .. BitConverter.GetBytes(value)];

    private static byte[] Varint(ulong value)
    {
        var bytes = new List<byte>();
        for (; value >= 0x80; value >>= 7)
            bytes.Add((byte)(value | 0x80));
        return [.. bytes, (byte)value];
    }
}
