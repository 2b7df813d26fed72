namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// An object that the parent calls: its calls run one at a time, in the order in which they came. Any thread.
/// </summary>
internal sealed class HostedObject(int token)
{
    private readonly Lock _gate = new();

    // Under _gate.
    private readonly Queue<Func<Task>> _queue = [];
    private bool _busy;

    // Written by the handlers that make and dispose it, one at a time; read by any thread.
    private object? _instance;

    /// <summary>The token of the object's kind.</summary>
    public int Token => token;

    public object? Instance
    {
        get => Volatile.Read(ref _instance);
        set => Volatile.Write(ref _instance, value);
    }

    /// <summary>Runs a call when all earlier ones have ended; at once when there is none.</summary>
    /// <param name="run">Runs the call; its task ends when the next may start, and never faults.</param>
    public void Enqueue(Func<Task> run)
    {
        lock (_gate)
        {
            _queue.Enqueue(run);
            if (_busy)
            {
                return;
            }

            _busy = true;
        }

        _ = RunAllAsync();
    }

    /// <summary>Disposes the instance, once.</summary>
    public async ValueTask DisposeAsync()
    {
        switch (Interlocked.Exchange(ref _instance, null))
        {
            case IAsyncDisposable disposable:
                await disposable.DisposeAsync().ConfigureAwait(false);
                break;
            case IDisposable disposable:
                disposable.Dispose();
                break;
        }
    }

    private async Task RunAllAsync()
    {
        while (true)
        {
            Func<Task>? run;
            lock (_gate)
            {
                if (!_queue.TryDequeue(out run))
                {
                    _busy = false;
                    return;
                }
            }

            await run().ConfigureAwait(false);
        }
    }
}
