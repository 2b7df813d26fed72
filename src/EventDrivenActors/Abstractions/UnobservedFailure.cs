namespace EventDrivenActors;

/// <summary>
/// A failure that is reported when the garbage collector finds that it was never observed. Exists for failed events
/// only.
/// </summary>
internal sealed class UnobservedFailure(IEventOwner owner, object key, Exception exception)
{
    public Exception Exception { get; } = exception;

    public bool IsObserved { get; private set; }

    ~UnobservedFailure() => owner.LogUnobserved(key, Exception);

    public void Observe()
    {
        IsObserved = true;
        GC.SuppressFinalize(this);
    }
}
