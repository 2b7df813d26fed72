namespace EventDrivenActors;

/// <summary>A failure that is reported when the collector finds that nobody has looked at it. Exists for failed events only.</summary>
internal sealed class UnobservedFailure(IPendingOwner owner, object key, Exception exception)
{
    public Exception Exception { get; } = exception;

    public bool IsObserved { get; private set; }

    ~UnobservedFailure() => owner.ReportUnobserved(key, Exception);

    public void Observe()
    {
        IsObserved = true;
        GC.SuppressFinalize(this);
    }
}
