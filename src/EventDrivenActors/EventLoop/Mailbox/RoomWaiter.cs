namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>A caller that waits for room for its event.</summary>
internal sealed class RoomWaiter(QueuedEvent item)
{
    private readonly TaskCompletionSource<AddResult> _source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public QueuedEvent Item => item;

    public bool TrySetResult(AddResult result) => _source.TrySetResult(result);

    public async ValueTask<AddResult> WaitAsync(CancellationToken cancellationToken)
    {
        using CancellationTokenRegistration registration = cancellationToken.Register(() =>
            _source.TrySetCanceled(cancellationToken)
        );
        return await _source.Task.ConfigureAwait(false);
    }
}
