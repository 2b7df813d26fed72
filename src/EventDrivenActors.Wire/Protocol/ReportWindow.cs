namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// Which reports of one call may leave: so many at a time, and of those that find no place only the newest. Pure. Not
/// thread-safe.
/// </summary>
internal sealed class ReportWindow
{
    /// <summary>How many may be on their way; more than these break the protocol.</summary>
    public const int MaxReports = 64;

    /// <summary>How many bytes may be on their way, where it is more than one report.</summary>
    public const int MaxBytes = 1024 * 1024;

    // Not thread-safe: one caller at a time.
    private readonly Queue<int> _sizes = [];
    private long _bytes;
    private byte[]? _newest;

    /// <summary>Offers a report.</summary>
    /// <returns>
    /// Whether it leaves now; otherwise it is kept until there is room, or a newer one takes its place.
    /// </returns>
    public bool TrySend(byte[] report)
    {
        if (_newest is not null || !HasRoom(report))
        {
            _newest = report;
            return false;
        }

        Send(report);
        return true;
    }

    /// <summary>One has been delivered.</summary>
    /// <returns>The kept one, if it leaves now.</returns>
    public byte[]? Taken()
    {
        if (_sizes.TryDequeue(out int size))
        {
            _bytes -= size;
        }

        return _newest is { } newest && HasRoom(newest) ? Flush() : null;
    }

    /// <summary>The call ends.</summary>
    /// <returns>The kept one, if there is one: it leaves now.</returns>
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

    private bool HasRoom(byte[] report) =>
        _sizes.Count == 0 || (_sizes.Count < MaxReports && _bytes + report.Length <= MaxBytes);

    private void Send(byte[] report)
    {
        _sizes.Enqueue(report.Length);
        _bytes += report.Length;
    }
}
