using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>One run of a handler.</summary>
internal sealed class HandlerRun(Note started)
{
    public Note Started => started;

    public Note? Ended { get; set; }

    /// <summary>An adapter holds the event and settles it; no handler runs.</summary>
    public bool IsDeferred => started.Text == "Deferred";

    /// <summary>It is the handler that an edit of the live mapping added.</summary>
    public bool IsAdded => started.Text == "Mapped";

    public bool Returned => Ended is { } ended && !Threw && ended.Text.Length > 0;

    public bool Threw => Ended is { } ended && ended.Text.StartsWith("Threw", StringComparison.Ordinal);
}
