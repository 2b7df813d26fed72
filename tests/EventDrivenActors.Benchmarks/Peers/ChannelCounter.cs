using System.Threading.Channels;
using EventDrivenActors.Benchmarks.Harness;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>Loops that read one channel and count.</summary>
internal sealed class ChannelCounter
{
    private readonly Channel<Message> _channel;

    public ChannelCounter(Window window, int readers, bool singleWriter)
    {
        _channel = Channel.CreateUnbounded<Message>(
            new UnboundedChannelOptions { SingleReader = readers == 1, SingleWriter = singleWriter }
        );
        for (int reader = 0; reader < readers; reader++)
        {
            _ = ReadAsync(window[reader]);
        }
    }

    public void Write(Message message) => _channel.Writer.TryWrite(message);

    public void End() => _channel.Writer.Complete();

    private async Task ReadAsync(Tally tally)
    {
        while (await _channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_channel.Reader.TryRead(out _))
            {
                tally.Add();
            }
        }
    }
}
