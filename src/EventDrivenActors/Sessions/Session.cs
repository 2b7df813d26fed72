using EventDrivenActors.Sessions;
using EventDrivenActors.Waits;

namespace EventDrivenActors;

/// <summary>The event that a handler handles, as the handler sees it.</summary>
/// <remarks>
/// Valid from the first hook of its event until its last handler has ended; after that every member throws
/// <see cref="InvalidOperationException"/>, so a session that was kept never shows another event's data. All members
/// may be read by any thread that the handler itself started and waits for.
/// </remarks>
public readonly struct Session : IEquatable<Session>
{
    private readonly SessionFrame? _frame;
    private readonly int _version;

    internal Session(SessionFrame frame, int version)
    {
        _frame = frame;
        _version = version;
    }

    /// <summary>
    /// The session of the event that the calling code handles; not <see cref="IsActive"/> outside of handlers.
    /// </summary>
    /// <remarks>
    /// It flows through <see langword="await"/>. Work that a handler starts and does not wait for should take what it
    /// needs first.
    /// </remarks>
    public static Session Current =>
        EventFlow.Current(out int version) is SessionFrame frame ? new Session(frame, version) : default;

    /// <summary>Whether the event is still being handled. When it is not, every other member throws.</summary>
    public bool IsActive => _frame is not null && _frame.Version == _version;

    /// <summary>The controller that handles the event; in a pool the worker.</summary>
    public IController Self => Frame.Host.Self;

    /// <summary>The pool that the handling worker belongs to, or <see langword="null"/>.</summary>
    public IController? Pool => Frame.Host.Pool;

    /// <summary>The number of the handling worker in its pool, from 0; 0 outside of pools.</summary>
    public int WorkerIndex => Frame.WorkerIndex;

    /// <summary>The event's key; a typed key shows as its name.</summary>
    public object Event => Frame.Key;

    /// <summary>The event's value.</summary>
    public object? Value => Frame.Value;

    /// <summary>The event's arguments; empty when it has none.</summary>
    public IReadOnlyList<object?> Args => Frame.Args;

    /// <summary>The context that the event sees, its three layers merged.</summary>
    public SessionContext Context => Frame.Context;

    /// <summary>
    /// Values that live for one run of the loop: what a handler writes, later events of that run see.
    /// </summary>
    /// <remarks>Not synchronised: only the handlers of this controller use it, one at a time.</remarks>
    public IDictionary<string, object?> Items => Frame.Items;

    /// <summary>
    /// The handlers that the mapping has for the event, in their order: those of its key, else the otherwise handlers;
    /// empty when there are none.
    /// </summary>
    /// <remarks>
    /// Each event sees one snapshot of the mapping, the one of the instant at which it was taken, so a filter that asks
    /// here whether the event is handled in this process gets the answer that holds when it is. The library's own
    /// handler of submitted functions is not among them.
    /// </remarks>
    public IReadOnlyList<MappingEntry> Handlers => Frame.Host.HandlersOf(Frame);

    /// <summary>The results of the handlers that have ended so far; complete in an after hook.</summary>
    public IReadOnlyList<object?> Returns => Frame.Results;

    /// <summary>Which delivery of the event this is, from 1.</summary>
    public int Attempt => Frame.Pending?.Options.Attempt ?? 1;

    /// <summary>
    /// Fires when the event is cancelled or times out, or its controller is shut down with
    /// <see cref="ShutdownMode.Abort"/>.
    /// </summary>
    public CancellationToken CancellationToken =>
        Frame.TryGetToken(_version, out CancellationToken token) ? token : throw NoSession();

    /// <summary>The event's pending; <see langword="null"/> for a post.</summary>
    internal Pending? Pending => Frame.Pending;

    /// <summary>In a child process the parent's controller; elsewhere <see langword="null"/>.</summary>
    public IParentController? Parent => TryGet(IParentController.Key, out IParentController? parent) ? parent : null;

    /// <summary>The storage behind it, while its event is handled.</summary>
    internal SessionFrame Frame => _frame is { } frame && frame.Version == _version ? frame : throw NoSession();

    /// <summary>The storage behind it and which of its events it is, while that is handled.</summary>
    internal bool TryGetFrame(
        [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out SessionFrame? frame,
        out int version
    )
    {
        (frame, version) = (IsActive ? _frame : null, _version);
        return frame is not null;
    }

    private InvalidOperationException NoSession() =>
        new(
            _frame is null
                ? "No event is being handled here, so there is no session; use the session that the handler was given."
                : "The event of this session has ended; copy what later code needs before the handler returns."
        );

    /// <summary>Reads an entry of the context.</summary>
    /// <typeparam name="TValue">The type of the entry.</typeparam>
    /// <param name="key">The entry to read.</param>
    /// <returns>Its value in the innermost layer that has it: event, run, controller.</returns>
    /// <exception cref="KeyNotFoundException">No layer has the entry.</exception>
    public TValue Get<TValue>(SessionKey<TValue> key) =>
        TryGet(key, out TValue? value)
            ? value
            : throw new KeyNotFoundException(
                Frame.WhyMissing(key.Name)
                    ?? $"The context of the event '{Event}' has no entry '{key.Name}' of type {typeof(TValue).Name}; "
                        + "add it with SessionContext.With to the event, the run or the controller's options."
            );

    /// <summary>Reads an entry of the context, if it is there.</summary>
    /// <typeparam name="TValue">The type of the entry.</typeparam>
    /// <param name="key">The entry to read.</param>
    /// <param name="value">Its value when the result is <see langword="true"/>.</param>
    /// <returns>Whether a layer has it.</returns>
    public bool TryGet<TValue>(
        SessionKey<TValue> key,
        [System.Diagnostics.CodeAnalysis.MaybeNullWhen(false)] out TValue value
    )
    {
        SessionFrame frame = Frame;
        return (frame.EventContext is { } own && own.TryGet(key, out value))
            || frame.Host.RunContext.TryGet(key, out value)
            || frame.Host.GlobalContext.TryGet(key, out value);
    }

    /// <summary>
    /// In a before hook: neither handlers nor after hooks run, and the event settles as skipped. In a handler: the
    /// after hooks do not run. In a handler of <see cref="ControllerEvents.Shutdown"/>: a graceful shutdown is vetoed.
    /// </summary>
    public void Skip() => Frame.SkipRequested = true;

    /// <summary>
    /// Reports progress to the code that dispatched the event (<see cref="EventOptions.Progress"/>); does nothing where
    /// nobody listens.
    /// </summary>
    /// <param name="value">The progress. From a child process it crosses under the same rules as a result.</param>
    /// <remarks>
    /// In process it is delivered by the calling thread before this returns. From a child it arrives in order and
    /// before the event settles; while 64 are on their way, or 1 MiB, only the newest of those that follow is kept.
    /// </remarks>
    /// <exception cref="ValueRefusedException">The value cannot be delivered: its type, or its size.</exception>
    public void Report(object? value) => Frame.Pending?.Report(value);

    /// <summary>
    /// Takes over the event's settlement: the loop goes on with the next event, and the result is given later.
    /// </summary>
    /// <returns>
    /// The deferred event. The caller must settle it; otherwise the controller's end settles it as closed.
    /// </returns>
    /// <remarks>
    /// For inbound filters that send events elsewhere; the filter must not call the next one after this.
    /// </remarks>
    public DeferredEvent Defer() => Frame.Host.Defer(Frame);

    /// <inheritdoc/>
    public bool Equals(Session other) => ReferenceEquals(_frame, other._frame) && _version == other._version;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Session other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(_frame, _version);

    /// <summary>Whether two sessions are of the same event.</summary>
    /// <param name="left">One session.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they are the same.</returns>
    public static bool operator ==(Session left, Session right) => left.Equals(right);

    /// <summary>Whether two sessions are of different events.</summary>
    /// <param name="left">One session.</param>
    /// <param name="right">The other.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(Session left, Session right) => !left.Equals(right);
}
