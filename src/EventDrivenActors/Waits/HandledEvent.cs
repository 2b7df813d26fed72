namespace EventDrivenActors.Waits;

/// <summary>An event while it is handled, as far as flows of execution and waits need to know it.</summary>
/// <remarks>One object serves one event after the other; the version tells them apart.</remarks>
internal abstract class HandledEvent : INeed
{
    // The draining thread; read by any.
    private int _version;
    private int _synchronousThread;

    // Under the gate of WaitWatch: the waits that the event has begun and not ended, so its end needs theirs.
    private List<HandlerWait>? _waits;
    private int _waitsOf;

    /// <summary>Raised at the begin and at the end of each event, so it is odd while one is handled.</summary>
    public int Version => Volatile.Read(ref _version);

    public bool IsActive => (_version & 1) != 0;

    /// <summary>The thread that runs the handler's synchronous part, 0 once the handler has suspended.</summary>
    public int SynchronousThread
    {
        get => Volatile.Read(ref _synchronousThread);
        set => Volatile.Write(ref _synchronousThread, value);
    }

    /// <summary>The task that the loop waits for while the handler has suspended.</summary>
    public Task? Suspension { get; set; }

    /// <summary>The clock of its controller.</summary>
    public abstract TimeProvider TimeProvider { get; }

    /// <summary>The waits of the event that runs. Under the gate of <see cref="WaitWatch"/>.</summary>
    public IEnumerable<HandlerWait> Waits =>
        _waits is { Count: > 0 } waits && IsActive && _waitsOf == Version ? waits : [];

    /// <summary>Adds a wait. Under the gate of <see cref="WaitWatch"/>.</summary>
    public void Add(HandlerWait wait)
    {
        _waits ??= [];
        if (_waitsOf != wait.Version)
        {
            _waits.Clear();
            _waitsOf = wait.Version;
        }

        _waits.Add(wait);
    }

    /// <summary>Removes a wait. Under the gate of <see cref="WaitWatch"/>.</summary>
    public void Remove(HandlerWait wait) => _waits?.Remove(wait);

    void INeed.AddNeeds(List<INeed> needs, bool certainly)
    {
        foreach (HandlerWait wait in Waits)
        {
            if (!certainly || wait.IsCertain(begins: false))
            {
                needs.Add(wait);
            }
        }
    }

    /// <summary>Begins the next event.</summary>
    /// <returns>Its version.</returns>
    protected int BeginVersion()
    {
        int version = _version + 1;
        Volatile.Write(ref _version, version);
        return version;
    }

    /// <summary>Ends the event.</summary>
    protected void EndVersion() => _version++;
}
