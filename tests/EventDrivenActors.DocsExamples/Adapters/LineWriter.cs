using System.Threading.Channels;

namespace EventDrivenActors.DocsExamples.Adapters;

// <snippet>
internal sealed class LineWriter(string path) : IAdapter, IIdleSource
{
    private Channel<string> _lines = Channel.CreateUnbounded<string>();
    private Task _writing = Task.CompletedTask;
    private int _unwritten;

    public event Action? BecameIdle;

    public bool IsIdle => Volatile.Read(ref _unwritten) == 0;

    public void Configure(IAdapterContext controller)
    {
        controller.Map(new MappingBlueprint().On("write", (string line) => Add(line)));
        controller.UseIdleSource(this);

        // Before the first event; events wait until it has returned.
        controller.Lifecycle.OnStarting(() =>
        {
            _lines = Channel.CreateUnbounded<string>();
            _writing = Task.Run(() => WriteAsync(_lines.Reader));
        });

        // After the last event. A drain has waited until this source is idle, so nothing is unwritten.
        controller.Lifecycle.OnStopping(async cancellationToken =>
        {
            _lines.Writer.Complete();
            await _writing.WaitAsync(cancellationToken);
        });
    }

    private void Add(string line)
    {
        Interlocked.Increment(ref _unwritten);
        _lines.Writer.TryWrite(line);
    }

    private async Task WriteAsync(ChannelReader<string> lines)
    {
        await foreach (string line in lines.ReadAllAsync())
        {
            try
            {
                await File.AppendAllTextAsync(path, line + Environment.NewLine);
            }
            finally
            {
                if (Interlocked.Decrement(ref _unwritten) == 0)
                {
                    BecameIdle?.Invoke();
                }
            }
        }
    }
}
// </snippet>
