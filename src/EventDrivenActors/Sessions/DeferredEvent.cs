using EventDrivenActors.Sessions;

namespace EventDrivenActors;

/// <summary>An event whose settlement an inbound filter has taken over with <see cref="Session.Defer"/>.</summary>
/// <remarks>Its data stays valid until it is settled. All members may be called by any thread.</remarks>
public sealed class DeferredEvent
{
    private static readonly Action Fired = static () => { };
    private readonly ISessionHost _host;

    // Any thread, by interlocked operations.
    private CancellationTokenSource? _cancellation;
    private Action? _cancelled;

    internal DeferredEvent(Pending pending, SessionContext context, object? value, object?[] args, ISessionHost host)
    {
        Pending = pending;
        Context = context;
        Value = value;
        Args = args;
        _host = host;
    }

    /// <summary>The event's key.</summary>
    public object Key => Pending.Key;

    /// <summary>The event's value; a <see cref="Submission"/> for a submitted function.</summary>
    public object? Value { get; }

    /// <summary>The event's arguments.</summary>
    public IReadOnlyList<object?> Args { get; }

    /// <summary>The context that the event's handlers would see, its layers merged.</summary>
    public SessionContext Context { get; }

    /// <summary>The options with which the event was dispatched.</summary>
    public EventOptions Options => Pending.Options;

    /// <summary>
    /// Fires when the event is cancelled, or its controller is shut down with <see cref="ShutdownMode.Abort"/>.
    /// </summary>
    /// <remarks>
    /// Callbacks run on a thread of the pool, those of one controller's events one after the other in the order of
    /// their cancellation; they must not block.
    /// </remarks>
    public CancellationToken CancellationToken
    {
        get
        {
            if (Volatile.Read(ref _cancellation) is { } existing)
            {
                return existing.Token;
            }

            CancellationTokenSource made = new();
            if (Interlocked.CompareExchange(ref _cancellation, made, null) is { } other)
            {
                return other.Token;
            }

            WhenCancelled(made.Cancel);
            return made.Token;
        }
    }

    /// <summary>Whether the event still waits for its outcome.</summary>
    public bool IsOpen => !Pending.IsSettled;

    internal Pending Pending { get; }

    /// <summary>Whether it is in the list of its loop, and its neighbours there. They belong to the list.</summary>
    internal bool IsListed { get; set; }

    internal DeferredEvent? Previous { get; set; }

    internal DeferredEvent? Next { get; set; }

    /// <summary>Gives the event its outcome.</summary>
    /// <param name="outcome">How it ended.</param>
    /// <returns>Whether this call settled it; <see langword="false"/> when it had an outcome already.</returns>
    public bool Settle(EventOutcome outcome) => _host.Settle(this, outcome);

    /// <summary>
    /// Calls back when <see cref="CancellationToken"/> fires, at once when it has; it costs less than a registration
    /// there.
    /// </summary>
    /// <param name="callback">Must not block, as a callback that is registered with the token. It cannot be
    /// removed.</param>
    internal void WhenCancelled(Action callback)
    {
        ArgumentNullException.ThrowIfNull(callback);
        Action? seen;
        do
        {
            seen = Volatile.Read(ref _cancelled);
            if (ReferenceEquals(seen, Fired))
            {
                callback();
                return;
            }
        } while (!ReferenceEquals(Interlocked.CompareExchange(ref _cancelled, seen + callback, seen), seen));
    }

    /// <summary>Passes on what a handler elsewhere has reported; does nothing once the event has settled.</summary>
    /// <param name="value">The reported value.</param>
    /// <remarks>
    /// Where the event was dispatched with a listener for another type, that is logged: the handler has gone on.
    /// </remarks>
    public void Report(object? value) => Pending.Report(value, mayRefuse: false);

    internal void Cancel()
    {
        if (Interlocked.Exchange(ref _cancelled, Fired) is { } callbacks)
        {
            callbacks();
        }
    }
}
