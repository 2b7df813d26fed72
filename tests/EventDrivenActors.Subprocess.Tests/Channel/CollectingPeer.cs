using System.Text;
using System.Threading.Channels;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Tests.Channel;

/// <summary>Keeps what a link delivers.</summary>
internal sealed class CollectingPeer : ILinkPeer
{
    public static readonly TimeSpan Guard = TestSupport.HangGuard.Limit;

    private readonly Channel<ReadOnlyMemory<byte>> _messages =
        System.Threading.Channels.Channel.CreateUnbounded<ReadOnlyMemory<byte>>();
    private readonly TaskCompletionSource<string> _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<string> Closed => _closed.Task;

    public void OnReceived(ReadOnlyMemory<byte> message) => _messages.Writer.TryWrite(message.ToArray());

    public void OnClosed(string reason)
    {
        _messages.Writer.TryComplete();
        Assert.True(_closed.TrySetResult(reason));
    }

    public Task<ReadOnlyMemory<byte>> NextAsync() => _messages.Reader.ReadAsync().AsTask().WaitAsync(Guard);

    public async Task<string> NextTextAsync() => Encoding.UTF8.GetString((await NextAsync()).Span);
}
