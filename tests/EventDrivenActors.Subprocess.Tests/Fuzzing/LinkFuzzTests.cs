using System.Net.Sockets;
using Akka.Configuration;
using EventDrivenActors.Subprocess.Configuration;
using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.Subprocess.Tests.Fakes;
using EventDrivenActors.Subprocess.Tests.Transport;
using EventDrivenActors.Wire.Channel;
using EventDrivenActors.Wire.Payloads;
using EventDrivenActors.Wire.Protocol;

namespace EventDrivenActors.Subprocess.Tests.Fuzzing;

/// <summary>Damaged bytes at every reader between parent and child that is not a payload's.</summary>
public sealed class LinkFuzzTests
{

    private static readonly byte[] Nonce = [.. Enumerable.Range(0, 32).Select(number => (byte)number)];
    private static readonly ChildHello Hello = new(
        1,
        Guid.NewGuid(),
        [new("A, Version=1.0.0.0", Guid.NewGuid()), new("B", Guid.Empty)]
    );
    private static readonly SubprocessSettings Settings = SubprocessSettings.From(ConfigurationFactory.Empty);

    [Fact]
    public void Hello_Damaged_IsNotBelieved()
    {
        byte[] sound = Hello.Encode(Nonce);
        Fuzz.Run<LinkProtocolException>(
            1,
            [sound],
            bytes => Assert.Equal(bytes.AsSpan().SequenceEqual(sound), ChildHello.Decode(bytes, Nonce) is not null)
        );
    }

    [Fact]
    public void Hello_OfAnybodyWhoKnowsTheSecret_IsReadOrRefused() =>
        Fuzz.Run<LinkProtocolException>(
            2,
            [Hello.Encode(Nonce)[HandshakeProof.Length..]],
            content =>
                Assert.NotNull(
                    ChildHello.Decode([.. HandshakeProof.Of(Nonce, HandshakeProof.Child, content), .. content], Nonce)
                )
        );

    [Fact]
    public void Pdu_Damaged_IsJudged()
    {
        PduGuard guard = new("child-1");
        byte[][] sound = [Proto.Associate("child-1"), Proto.Instruction(3)];
        Fuzz.Run<LinkProtocolException>(3, sound, pdu => guard.Judge(pdu));
        Assert.All(sound, pdu => Assert.NotEqual(PduVerdict.Dropped, guard.Judge(pdu)));
        Assert.True(guard.Dropped > 100);
    }

    [Fact]
    public void Envelope_Damaged_IsReadOrABreach()
    {
        byte[] whole = new byte[200_000];
        Random.Shared.NextBytes(whole);
        List<byte[]> captured = Capture(channel =>
        {
            channel.Send("one"u8.ToArray());
            channel.Send(whole);
            channel.SendControl("now"u8.ToArray());
        });
        Fuzz.Run<LinkProtocolException>(
            4,
            captured,
            bytes =>
            {
                LinkChannel channel = new(new DeafPeer(), Settings.Channel);
                channel.Open(_ => { });
                // Whatever was sent before, each is fed as the first.
                channel.Receive(EnvelopeFormat.Read(bytes) with { Number = 1 });
            }
        );
    }

    [Fact]
    public void StartMessage_Damaged_IsReadOrRefused()
    {
        StartMessage start = new(
            1,
            Guid.NewGuid(),
            "/tmp/eda-1/2",
            Nonce,
            "parent-1",
            SettingsCodec.Encode(Settings),
            ["A, Version=1.0.0.0", "B"],
            "P",
            new byte[100]
        );
        Fuzz.Run<WireFormatException>(5, [start.Encode()], bytes => StartMessage.Decode(bytes));
    }

    [Fact]
    public void Settings_Damaged_AreReadOrRefused() =>
        Fuzz.Run<WireFormatException>(10, [SettingsCodec.Encode(Settings)], bytes => SettingsCodec.Decode(bytes));

    [Fact]
    public void StartMessage_RoundTrips()
    {
        StartMessage start = new(
            1,
            Guid.NewGuid(),
            "/tmp/eda-1/2",
            Nonce,
            "parent-1",
            new byte[] { 7, 8 },
            ["A", "B"],
            "P",
            new byte[] { 1, 2 }
        );
        StartMessage read = StartMessage.Decode(start.Encode());
        Assert.Equal(
            (start.ProtocolVersion, start.Incarnation, start.SocketPath, start.ParentSystem, start.Program),
            (read.ProtocolVersion, read.Incarnation, read.SocketPath, read.ParentSystem, read.Program)
        );
        Assert.Equal(start.Settings.ToArray(), read.Settings.ToArray());
        Assert.Equal(start.Nonce, read.Nonce);
        Assert.Equal(start.Assemblies, read.Assemblies);
        Assert.Equal(start.Configuration.ToArray(), read.Configuration.ToArray());
    }

    [Fact]
    public void ChildConfiguration_Damaged_IsReadOrRefused()
    {
        MethodReference method = MethodReference.From(StaticMethod);
        ChildConfiguration configuration = new(
            "orders",
            2,
            1000,
            10_000,
            1 << 20,
            "Setup",
            ["T1", "T2"],
            [new(0, new byte[] { 1, 2 }, method), new(1, default, method)],
            new byte[] { 0 }
        );
        Fuzz.Run<WireFormatException>(
            6,
            [ChildConfigurationCodec.Encode(configuration)],
            bytes => ChildConfigurationCodec.Decode(bytes)
        );
    }

    [Fact]
    public void Failure_ThatClaimsManyParts_IsRefused()
    {
        // Kind 8 is a failed set-up: three empty texts, then millions of entries of two empty texts.
        byte[] many = [8, 0, 0, 0, .. Varint(8_000_000), .. new byte[16_000_000]];
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode(many));
        byte[] inner = [8, 0, 0, 0, 0, .. Varint(3_000_000), .. new byte[15_000_000]];
        Assert.Throws<WireFormatException>(() => MessageCodec.Decode(inner));
    }

    private static void StaticMethod() { }

    private static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }

        yield return (byte)value;
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Frames_Damaged_EndTheReaderWithAReason(bool trickled)
    {
        byte[] frames =
        [
            .. Frame(FrameKind.Heartbeat, [0]),
            .. Frame(FrameKind.Pdu, new byte[300]),
            .. Frame(FrameKind.Pdu, []),
        ];
        Fuzz.Run<LinkProtocolException>(
            7,
            [frames],
            bytes =>
            {
                using SocketPair pair = new();
                // Who writes while nobody reads may wait for ever.
                _ = Task.Run(() =>
                {
                    for (int sent = 0; sent < bytes.Length; sent += trickled ? 1 : bytes.Length)
                    {
                        pair.Child.Send(bytes.AsSpan(sent, trickled ? 1 : bytes.Length));
                    }

                    pair.Child.Dispose();
                });
                pair.Parent.Blocking = false;
                Assert.Equal("the other end closed the connection", HowItEnds(pair.Parent));
            },
            rounds: 60
        );
    }

    private static string HowItEnds(Socket socket)
    {
        FrameReader reader = new(new SocketStream(socket), Settings.Channel.MaximumFrame);
        while (reader.Ending is null)
        {
            socket.Poll(-1, SelectMode.SelectRead);
            reader.Read(new DeafSink());
        }

        return reader.Ending;
    }

    private static byte[] Frame(FrameKind kind, byte[] payload) =>
        [.. BitConverter.GetBytes(payload.Length + 1), (byte)kind, .. payload];

    private static List<byte[]> Capture(Action<LinkChannel> send)
    {
        List<byte[]> captured = [];
        LinkChannel channel = new(new DeafPeer(), Settings.Channel);
        channel.Open(envelope => captured.Add(envelope.Bytes.ToArray()));
        send(channel);
        return captured;
    }

    private sealed class DeafSink : IFrameSink
    {
        public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload) { }

        public void OnEnd(string reason, bool isBreach) { }
    }

    private sealed class DeafPeer : ILinkPeer
    {
        public void OnReceived(ReadOnlyMemory<byte> message) { }

        public void OnClosed(string reason) { }
    }
}
