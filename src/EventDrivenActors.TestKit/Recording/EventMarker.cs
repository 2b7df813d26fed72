namespace EventDrivenActors.TestKit.Recording;

/// <summary>The key of an event that goes no further than the recording: everything queued before it has been taken by then.</summary>
internal sealed class EventMarker
{
    private readonly TaskCompletionSource _taken = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task WhenTaken => _taken.Task;

    public void Taken() => _taken.TrySetResult();
}
