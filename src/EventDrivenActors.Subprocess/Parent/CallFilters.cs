using EventDrivenActors.Advanced;
using EventDrivenActors.Wire.Calls;

namespace EventDrivenActors.Subprocess.Parent;

/// <summary>
/// Decides which events children handle: it encodes them where they are dispatched, and hands them over where the loop
/// takes them. Any thread.
/// </summary>
internal sealed class CallFilters
{
    private readonly IController _controller;
    private readonly CallEncoder _encoder;
    private readonly CallDispatcher _dispatcher;

    // Filled by the constructor, then only read.
    private readonly HashSet<object> _childKeys;

    /// <param name="controller">The controller.</param>
    /// <param name="handlers">The mapping of its children.</param>
    /// <param name="encoder">Turns events into bytes.</param>
    /// <param name="dispatcher">Takes the events that children are to handle.</param>
    public CallFilters(
        IController controller,
        IReadOnlyList<MappingEntry> handlers,
        CallEncoder encoder,
        CallDispatcher dispatcher
    )
    {
        _controller = controller;
        _encoder = encoder;
        _dispatcher = dispatcher;
        _childKeys =
        [
            ControllerEvents.Submit.Name,
            .. handlers.Select(entry => entry.Key).OfType<object>(),
        ];
    }

    /// <summary>Whether the event was encoded when it was dispatched: then it only has to be sent.</summary>
    public static bool IsEncoded(Session session) => session.TryGetAttachment(out EncodedCall? _);

    /// <summary>Encodes on the dispatching thread, so that what cannot cross fails at the caller.</summary>
    public Pending Outbound(OutboundEvent outbound, OutboundDelegate next)
    {
        if (MayForward(outbound.Key))
        {
            EncodedCall call = _encoder.Encode(outbound.Key, outbound.Value, outbound.Args, outbound.Context);
            outbound.Attach(call);
        }

        return next(outbound);
    }

    /// <summary>
    /// Sends the events that the parent does not map to the child; while too many are in flight the loop waits here.
    /// </summary>
    public ValueTask Inbound(Session session, InboundDelegate next)
    {
        if (!Forwards(session))
        {
            return next(session);
        }

        if (!session.TryGetAttachment(out EncodedCall? call))
        {
            call = _encoder.Encode(session.Event, session.Value, session.Args, null);
        }

        return _dispatcher.Forward(session.Defer(), call) is { } room ? new ValueTask(room) : default;
    }

    /// <summary>
    /// The parent keeps what it maps; its own handler of other events takes only what the child does not map either.
    /// </summary>
    private bool Forwards(Session session) =>
        session.Handlers is not [MappingEntry first, ..]
        || (first.Slot == MappingSlot.Otherwise && _childKeys.Contains(session.Event));

    /// <summary>The same, as far as it can be known before the event is taken.</summary>
    private bool MayForward(object key) =>
        !_controller.Mapping.Contains(key)
        && (
            ReferenceEquals(key, ControllerEvents.Submit.Name)
            || _childKeys.Contains(key)
            || _controller.Mapping.All(entry => entry.Slot != MappingSlot.Otherwise)
        );
}
