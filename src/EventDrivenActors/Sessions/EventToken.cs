namespace EventDrivenActors.Sessions;

/// <summary>
/// The cancellation of the event in a frame. Under the monitor of the frame's host, except for the properties that any
/// thread may read.
/// </summary>
/// <remarks>
/// A thread that a handler has started may ask for the token while the event ends, and the source may then stay here.
/// Its version keeps the next event from using it.
/// </remarks>
internal struct EventToken()
{
    // Written under the monitor of the frame's host; any thread reads.
    private CancellationTokenSource? _source;
    private int _sourceVersion = -1;
    private int _cancelledVersion = -1;

    /// <summary>Whether an event has been cancelled. Any thread.</summary>
    public readonly bool IsCancelled(int version) => _cancelledVersion == version;

    /// <summary>Whether <see cref="Clear"/> has something to do at the end of an event. Any thread.</summary>
    public readonly bool IsInUse(int version) => _source is not null || _cancelledVersion == version;

    /// <summary>The token of the event in the frame.</summary>
    public CancellationToken Get(int version)
    {
        if (IsCancelled(version))
        {
            return new CancellationToken(canceled: true);
        }

        if (_source is null || _sourceVersion != version)
        {
            _source = new CancellationTokenSource();
            _sourceVersion = version;
        }

        return _source.Token;
    }

    /// <summary>Cancels the event in the frame.</summary>
    /// <returns>The source of its token; <see langword="null"/> if no handler has asked for it.</returns>
    public CancellationTokenSource? Cancel(int version)
    {
        _cancelledVersion = version;
        return _sourceVersion == version ? _source : null;
    }

    public void Clear() => _source = null;
}
