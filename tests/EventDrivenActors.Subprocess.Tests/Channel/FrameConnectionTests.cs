using System.Buffers.Binary;
using EventDrivenActors.Subprocess.Tests.Transport;
using EventDrivenActors.TestSupport;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Channel;

public sealed class FrameConnectionTests : IDisposable
{
    private const int Longest = 100_000;

    private readonly SocketPair _pair = new();

    public void Dispose() => _pair.Dispose();

    [Fact]
    public async Task Frames_ForAPeerThatReadsLittleAtATime_ArriveWholeAndInOrder()
    {
        const int frames = 3_000;
        FrameConnection connection = new(new SocketStream(_pair.Parent), Longest, highWaterMark: 64 * 1024 * 1024);
        connection.Start(new DeafSink(), "link-reader");
        for (int number = 0; number < frames; number++)
        {
            Assert.True(connection.Write(FrameKind.Pdu, Payload(number)));
        }

        connection.Close();

        byte[] received = await Task.Run(ReadAll).Guarded();

        int at = 0;
        for (int number = 0; number < frames; number++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(received.AsSpan(at)) - 1;
            Assert.Equal(Payload(number), received.AsSpan(at + FrameConnection.HeaderSize, length).ToArray());
            at += FrameConnection.HeaderSize + length;
        }

        Assert.Equal(received.Length, at);
    }

    [Fact]
    public void Frames_ForAPeerThatDoesNotRead_AreRefusedAboveTheMark()
    {
        FrameConnection connection = new(new SocketStream(_pair.Parent), Longest, highWaterMark: 1024 * 1024);
        connection.Start(new DeafSink(), "link-reader");
        int written = 0;
        while (connection.Write(FrameKind.Pdu, new byte[10_000]) && written < 1000)
        {
            written++;
        }

        Assert.InRange(written, 100, 999);
    }

    [Fact]
    public async Task Peer_ThatNeverReads_BreaksARule_BeforeTooMuchWaitsForIt()
    {
        FrameConnection connection = new(
            new SocketStream(_pair.Parent),
            Longest,
            highWaterMark: 1024,
            mostUnread: 1024 * 1024
        );
        EndSink sink = new();
        connection.Start(sink, "link-reader");

        for (int written = 0; written < 1000; written++)
        {
            connection.Write(FrameKind.Pdu, [1], new byte[10_000], [2]);
        }

        (string reason, bool isBreach) = await sink.Ended.Guarded();
        Assert.True(isBreach);
        Assert.Contains("'1048576' bytes", reason);
    }

    [Fact]
    public void Connection_ClosedBeforeItReads_GivesItsSocketBack()
    {
        FrameConnection connection = new(new SocketStream(_pair.Parent), Longest, highWaterMark: 1024);
        connection.Close();
        Assert.True(_pair.Parent.SafeHandle.IsClosed);
    }

    private static byte[] Payload(int number)
    {
        byte[] payload = new byte[sizeof(int) + (number % 700)];
        BinaryPrimitives.WriteInt32LittleEndian(payload, number);
        return payload;
    }

    private byte[] ReadAll()
    {
        MemoryStream all = new();
        byte[] little = new byte[333];
        for (int read; (read = _pair.Child.Receive(little)) > 0;)
        {
            all.Write(little, 0, read);
        }

        return all.ToArray();
    }

    private sealed class EndSink : IFrameSink
    {
        private readonly TaskCompletionSource<(string, bool)> _ended = new(
            TaskCreationOptions.RunContinuationsAsynchronously
        );

        public Task<(string Reason, bool IsBreach)> Ended => _ended.Task;

        public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload) { }

        public void OnEnd(string reason, bool isBreach) => _ended.TrySetResult((reason, isBreach));
    }

    private sealed class DeafSink : IFrameSink
    {
        public void OnFrame(FrameKind kind, ReadOnlyMemory<byte> payload) { }

        public void OnEnd(string reason, bool isBreach) { }
    }
}
