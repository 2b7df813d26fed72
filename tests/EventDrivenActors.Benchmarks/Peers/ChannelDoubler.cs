using System.Threading.Channels;

namespace EventDrivenActors.Benchmarks.Peers;

/// <summary>A loop that reads a channel of questions, each with a completion source for its answer.</summary>
internal sealed class ChannelDoubler
{
    private readonly Channel<Question> _channel = Channel.CreateUnbounded<Question>(
        new UnboundedChannelOptions { SingleReader = true, SingleWriter = true }
    );

    public ChannelDoubler() => _ = ReadAsync();

    public Task<int> AskAsync(int value)
    {
        Question question = new(
            value,
            new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously)
        );
        _channel.Writer.TryWrite(question);
        return question.Answer.Task;
    }

    public void End() => _channel.Writer.Complete();

    private async Task ReadAsync()
    {
        while (await _channel.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (_channel.Reader.TryRead(out Question? question))
            {
                question.Answer.SetResult(question.Value * 2);
            }
        }
    }

    private sealed record Question(int Value, TaskCompletionSource<int> Answer);
}
