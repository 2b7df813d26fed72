namespace EventDrivenActors;

/// <summary>What became of the events that were open when a shutdown began.</summary>
/// <param name="Completed">Events whose handlers ended after the shutdown was asked for, whatever their outcome.</param>
/// <param name="Cancelled">Events that were cancelled before they started.</param>
/// <param name="Abandoned">Handlers that were still running when the controller closed.</param>
public sealed record ShutdownReport(long Completed, long Cancelled, long Abandoned)
{
    /// <summary>Whether a <see cref="ControllerEvents.Shutdown"/> handler vetoed the shutdown; the controller then runs on.</summary>
    public bool Vetoed { get; init; }

    /// <summary>
    /// Whether the controller has ended. It is <see langword="false"/> when the shutdown was asked for inside one of its own
    /// handlers, which cannot wait for its own end, or when it was vetoed.
    /// </summary>
    public bool Ended { get; init; } = true;

    /// <summary>What adapters threw while they were closed.</summary>
    public IReadOnlyList<Exception> AdapterErrors { get; init; } = [];

    /// <inheritdoc/>
    public override string ToString() =>
        $"{(Vetoed ? "vetoed" : Ended ? "ended" : "under way")}: {Completed} completed, {Cancelled} cancelled, {Abandoned} abandoned, {AdapterErrors.Count} adapter errors";
}
