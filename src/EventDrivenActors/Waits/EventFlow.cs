namespace EventDrivenActors.Waits;

/// <summary>
/// The event that a flow of execution belongs to: the async-local holds it in a handler, and in everything that the
/// handler starts.
/// </summary>
/// <remarks>
/// One flow serves several events in a row only as long as none of them can have captured it; after that it belongs to
/// no event.
/// </remarks>
internal sealed class EventFlow(HandledEvent frame)
{
    private static readonly AsyncLocal<EventFlow?> Ambient = new();

    // Any thread; only ever cleared.
    private volatile HandledEvent? _frame = frame;

    /// <summary>The frame of its event, <see langword="null"/> once that has ended for good.</summary>
    public HandledEvent? Frame => _frame;

    /// <summary>The event that the calling code belongs to, if it is still being handled.</summary>
    /// <param name="version">The version of the frame that is this event's.</param>
    public static HandledEvent? Current(out int version)
    {
        version = 0;
        if (Ambient.Value is not { } flow || flow._frame is not { } frame)
        {
            return null;
        }

        // The flow ends before the next event takes the frame, so a version that was read before the second look is
        // this event's.
        version = frame.Version;
        return (version & 1) != 0 && ReferenceEquals(flow._frame, frame) ? frame : null;
    }

    /// <summary>Makes this the flow of the calling thread.</summary>
    public void Enter() => Ambient.Value = this;

    public void End() => _frame = null;

    /// <summary>Lets the calling thread belong to no event.</summary>
    public static void Detach() => Ambient.Value = null;
}
