using EventDrivenActors.Subprocess.Tests.Configuration;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Channel;

public sealed class LinkChannelTests
{
    private readonly List<LinkEnvelope> _sent = [];
    private readonly CollectingPeer _peer = new();
    private readonly LinkChannel _channel;

    public LinkChannelTests()
    {
        _channel = new LinkChannel(
            _peer,
            TestSettings.With("link.envelope-messages = 4\nlink.unacknowledged-envelopes = 2").Channel
        );
        _channel.Open(envelope => _sent.Add(Copy(envelope)));
        _sent.Clear();
    }

    [Fact]
    public void Send_WhileTwoAreUnacknowledged_WaitsAndGrowsTheNextEnvelope()
    {
        for (int number = 0; number < 9; number++)
        {
            _channel.Send(new byte[] { (byte)number });
        }

        Assert.Equal([1L, 2L], _sent.Select(envelope => envelope.Number));
        _channel.Receive(Envelope(0, received: 2));
        Assert.Equal([1L, 2L, 3L, 4L], _sent.Select(envelope => envelope.Number));
        Assert.Equal(EnvelopeFormat.HeaderSize + (4 * 5), _sent[2].Bytes.Length);
        Assert.Equal(EnvelopeFormat.HeaderSize + (3 * 5), _sent[3].Bytes.Length);
    }

    [Fact]
    public void SendControl_WhileTheClockIsShut_LeavesAtOnce()
    {
        for (int number = 0; number < 9; number++)
        {
            _channel.Send(new byte[] { (byte)number });
        }

        _channel.SendControl("now"u8.ToArray());
        Assert.Equal(0, _sent[^1].Number);
        Assert.Equal(EnvelopeFormat.HeaderSize + 4 + 3, _sent[^1].Bytes.Length);
    }

    [Fact]
    public void Announcement_WhileTheClockIsOpen_LeavesAtOnce()
    {
        _channel.Announce(1, "start"u8);
        _channel.TakeBack(1);
        Assert.Equal(EnvelopeFormat.HeaderSize + 4 + 5, Assert.Single(_sent).Bytes.Length);
    }

    [Fact]
    public void Announcement_WhileTheClockIsShut_CanBeTakenBack()
    {
        _channel.Send(new byte[1]);
        _channel.Send(new byte[1]);
        _channel.Announce(1, "start"u8);
        _channel.Announce(2, "begin"u8);
        _channel.TakeBack(1);
        _channel.Receive(Envelope(0, received: 2));
        Assert.Equal(3, _sent.Count);
        Assert.Equal("begin"u8.ToArray(), _sent[2].Bytes[^5..].ToArray());
        Assert.Equal(EnvelopeFormat.HeaderSize + 4 + 5, _sent[2].Bytes.Length);
    }

    [Fact]
    public void Announcement_ThatWaits_LeavesBeforeWhatIsSentLater()
    {
        _channel.Send(new byte[1]);
        _channel.Send(new byte[1]);
        _channel.Announce(1, "start"u8);
        _channel.Send("later"u8.ToArray());
        _channel.TakeBack(1);
        _channel.Receive(Envelope(0, received: 2));
        byte[] records = _sent[2].Bytes[EnvelopeFormat.HeaderSize..].ToArray();
        Assert.Equal("start"u8.ToArray(), records[4..9]);
        Assert.Equal("later"u8.ToArray(), records[13..]);
    }

    [Fact]
    public void Receive_One_IsAcknowledgedWithTheAnswer()
    {
        _channel.Receive(Envelope(1));
        Assert.Empty(_sent);
        _channel.Send(new byte[1]);
        Assert.Equal(1, EnvelopeFormat.Received(Assert.Single(_sent)));
    }

    [Fact]
    public void Receive_Two_IsAcknowledgedAtOnce()
    {
        _channel.Receive(Envelope(1));
        _channel.Receive(Envelope(2));
        LinkEnvelope answer = Assert.Single(_sent);
        Assert.Equal((0, 2), (answer.Number, EnvelopeFormat.Received(answer)));
    }

    [Fact]
    public void Receive_WithAGap_IsABreach() =>
        Assert.Throws<LinkProtocolException>(() => _channel.Receive(Envelope(2)));

    [Fact]
    public void Receive_AcknowledgementOfNothing_IsABreach() =>
        Assert.Throws<LinkProtocolException>(() => _channel.Receive(Envelope(0, received: 1)));

    [Fact]
    public void Receive_RecordThatClaimsTooMuch_IsABreach()
    {
        RecordBatch records = new RecordBatch();
        records.Add(new byte[10], EnvelopeFormat.MoreFollows, int.MaxValue);
        LinkEnvelope envelope = EnvelopeFormat.Build(1, 0, EnvelopeFlags.None, records.Records);
        Assert.Throws<LinkProtocolException>(() => _channel.Receive(envelope));
        Assert.Throws<LinkProtocolException>(() =>
            new RecordReader(100, 100).Read(EnvelopeFormat.Read((byte[])[.. new byte[17], 255, 255, 255, 63]), _peer)
        );
    }

    [Fact]
    public async Task Send_LongMessage_ArrivesWholeBetweenItsNeighbours()
    {
        LinkChannel other = new LinkChannel(_peer, TestSettings.With("link.unacknowledged-envelopes = 2").Channel);
        List<LinkEnvelope> back = new List<LinkEnvelope>();
        other.Open(envelope => back.Add(Copy(envelope)));
        byte[] message = new byte[3_000_000];
        Random.Shared.NextBytes(message);
        _channel.Send("before"u8.ToArray());
        _channel.Send(message);
        _channel.Send("after"u8.ToArray());
        for (int next = 0; next < _sent.Count; next++)
        {
            other.Receive(EnvelopeFormat.Read(_sent[next].Bytes));
            foreach (LinkEnvelope envelope in back)
            {
                _channel.Receive(envelope);
            }

            back.Clear();
        }
        Assert.Equal("before", await _peer.NextTextAsync());
        Assert.True((await _peer.NextAsync()).Span.SequenceEqual(message));
        Assert.Equal("after", await _peer.NextTextAsync());
    }

    [Fact]
    public async Task Drain_CompletesWithTheReceipt()
    {
        _channel.Send(new byte[1]);
        Task draining = _channel.DrainAsync();
        Assert.False(draining.IsCompleted);
        Assert.Equal(EnvelopeFlags.Acknowledge, EnvelopeFormat.Flags(_sent[^1]));
        _channel.Receive(Envelope(0, received: 1));
        await draining.WaitAsync(CollectingPeer.Guard);
    }

    [Fact]
    public void Send_TooLong_IsRefusedWithBothSizes()
    {
        ArgumentException failure = Assert.Throws<ArgumentException>(() =>
            _channel.Send(new byte[(17 * 1024 * 1024) + 1])
        );
        Assert.Contains("'17825793'", failure.Message);
        Assert.Contains("'17825792'", failure.Message);
    }

    [Fact]
    public async Task Close_TellsThePeerOnceAndRefusesWhatComesLater()
    {
        _channel.Close("the end");
        _channel.Close("again");
        Assert.Equal("the end", await _peer.Closed.WaitAsync(CollectingPeer.Guard));
        Assert.False(_channel.Send(new byte[1]));
        Assert.False(_channel.SendControl(new byte[1]));
    }

    private static LinkEnvelope Copy(LinkEnvelope envelope) => envelope with { Bytes = envelope.Bytes.ToArray() };

    private static LinkEnvelope Envelope(long number, long received = 0) =>
        EnvelopeFormat.Build(number, received, EnvelopeFlags.None, []);
}
