namespace EventDrivenActors.TestSupport;

/// <summary>Holds a handler until the test releases it, and shows the test that the handler has arrived.</summary>
public sealed class Gate
{
    private readonly TaskCompletionSource _entered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _opened = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Entered => _entered.Task.Guarded();

    public bool IsEntered => _entered.Task.IsCompleted;

    public Task PassAsync()
    {
        _entered.TrySetResult();
        return _opened.Task;
    }

    public void Open() => _opened.TrySetResult();
}
