namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// Which progress values of one call may be sent: so many at a time, and of those that find no place only the newest.
/// Pure. Not thread-safe.
/// </summary>
internal sealed class ProgressWindow
{
    /// <summary>How many may be on their way; more than these break the protocol.</summary>
    public const int MaxCount = 64;

    /// <summary>How many bytes may be on their way, where it is more than one value.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Not thread-safe: one caller at a time.
    private readonly Queue<int> _sizes = [];
    private long _bytes;
    private byte[]? _newest;

    /// <summary>Offers a progress value.</summary>
    /// <returns>
    /// Whether to send it now; otherwise it is kept until there is room, or a newer one takes its place.
    /// </returns>
    public bool TrySend(byte[] progress)
    {
        if (_newest is not null || !HasRoom(progress))
        {
            _newest = progress;
            return false;
        }

        Send(progress);
        return true;
    }

    /// <summary>One has been delivered.</summary>
    /// <returns>The kept one, if it is to be sent now.</returns>
    public byte[]? Taken()
    {
        if (_sizes.TryDequeue(out int size))
        {
            _bytes -= size;
        }

        return _newest is { } newest && HasRoom(newest) ? Flush() : null;
    }

    /// <summary>The call ends.</summary>
    /// <returns>The kept one, if there is one: send it now.</returns>
    public byte[]? Flush()
    {
        byte[]? newest = _newest;
        _newest = null;
        if (newest is not null)
        {
            Send(newest);
        }

        return newest;
    }

    private bool HasRoom(byte[] progress) =>
        _sizes.Count == 0 || (_sizes.Count < MaxCount && _bytes + progress.Length <= MaxBytes);

    private void Send(byte[] progress)
    {
        _sizes.Enqueue(progress.Length);
        _bytes += progress.Length;
    }
}
