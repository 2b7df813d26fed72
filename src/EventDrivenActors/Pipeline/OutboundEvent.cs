namespace EventDrivenActors;

/// <summary>An event on its way from a caller of <c>Dispatch</c> or <c>Submit</c> to the queue.</summary>
public sealed class OutboundEvent
{
    internal OutboundEvent(Pending pending) => Pending = pending;

    /// <summary>The event's key.</summary>
    public object Key => Pending.Key;

    /// <summary>The event's value; a <see cref="Submission"/> for a submitted function.</summary>
    public object? Value
    {
        get => Pending.Value;
        set => Pending.Value = value;
    }

    /// <summary>The event's arguments.</summary>
    public IReadOnlyList<object?> Args => Pending.Args;

    /// <summary>The event's own context, if it has one.</summary>
    public SessionContext? Context
    {
        get => Pending.Context;
        set => Pending.Context = value;
    }

    /// <summary>The event's options.</summary>
    public EventOptions Options => Pending.Options;

    internal Pending Pending { get; }

    /// <summary>Collects what the filters let through, for callers that do not queue it at once.</summary>
    internal List<Pending>? Sent { get; init; }

    /// <summary>Ends the event here: it never reaches the queue, and its pending has this outcome.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <returns>The pending to return from the filter.</returns>
    public Pending Settle(EventOutcome outcome)
    {
        Pending.TrySettle(outcome);
        return Pending;
    }
}
