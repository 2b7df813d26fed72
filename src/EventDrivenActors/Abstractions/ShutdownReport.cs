namespace EventDrivenActors;

/// <summary>Counts how the events ended that were open when a shutdown began. Each one counts once.</summary>
/// <param name="Completed">Events whose handlers ended, and events that a hook or a filter skipped.</param>
/// <param name="Cancelled">Events that were cancelled, or that had not ended when their actor system did.</param>
/// <param name="Abandoned">Events whose handlers were running when the controller closed, because an abort waits for
/// none.</param>
public sealed record ShutdownReport(long Completed, long Cancelled, long Abandoned)
{
    /// <summary>
    /// Events that failed: a handler or hook threw, they timed out, were lost with their child process, or were
    /// delivered as often as allowed.
    /// </summary>
    public long Failed { get; init; }

    /// <summary>
    /// Whether a <see cref="ControllerEvents.Shutdown"/> handler vetoed the shutdown; the controller then runs on.
    /// </summary>
    public bool Vetoed { get; init; }

    /// <summary>
    /// Whether the controller has ended. It is <see langword="false"/> when the shutdown was asked for inside one of
    /// its own handlers, which cannot wait for its own end, or when it was vetoed.
    /// </summary>
    public bool Ended { get; init; } = true;

    /// <summary>The exceptions that adapters threw while they were closed.</summary>
    public IReadOnlyList<Exception> AdapterErrors { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Vetoed ? "vetoed" : Ended ? "ended" : "under way")}: {Completed} completed, {Failed} failed, {Cancelled} "
        + $"cancelled, {Abandoned} abandoned, {AdapterErrors.Count} adapter errors";
}
