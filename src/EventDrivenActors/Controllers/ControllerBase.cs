using Akka.Actor;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Listening;
using EventDrivenActors.Pipeline;

namespace EventDrivenActors;

/// <summary>The base of controllers and pools: the ways to give them events.</summary>
public abstract partial class ControllerBase : IController, IListenable
{
    // Written while the controller, or the first worker of the pool, is made; then any thread reads them.
    private IReadOnlyList<Func<OutboundEvent, OutboundDelegate, Pending>> _filters = [];
    private OutboundDelegate? _outbound;

    // Any thread; made once, interlocked.
    private ListeningPlace? _listening;

    private protected ControllerBase(string name) => Name = name;

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public abstract IActorRef Ref { get; }

    /// <inheritdoc/>
    public abstract ControllerState State { get; }

    /// <inheritdoc/>
    public abstract bool IsIdle { get; }

    /// <inheritdoc/>
    public abstract MappingManager Mapping { get; }

    /// <inheritdoc/>
    public abstract IController? Pool { get; }

    internal abstract IEventOwner<Pending> Owner { get; }

    /// <summary>The runtime that has made it.</summary>
    internal abstract object Runtime { get; }

    /// <summary>Ends it with its actor system: everything open settles as closed.</summary>
    internal abstract Task TerminateAsync();

    /// <summary>The filters around dispatching; linked when set.</summary>
    internal IReadOnlyList<Func<OutboundEvent, OutboundDelegate, Pending>> OutboundFilters
    {
        get => _filters;
        set
        {
            _filters = value;
            _outbound = OutboundChain.Link(value, SendOn);
        }
    }

    /// <inheritdoc/>
    public abstract void Run(SessionContext? context = null);

    /// <inheritdoc/>
    public Pending Dispatch(
        object key,
        object? value = null,
        SessionContext? context = null,
        object?[]? args = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending pending = new(Owner, EventKey.Unwrap(key), value, context, Copied(args), options);
        Send(pending, cancellationToken);
        return pending;
    }

    /// <inheritdoc/>
    public Pending Dispatch<TValue>(
        EventKey<TValue> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) => Dispatch((object)key, value, context, null, options, cancellationToken);

    /// <inheritdoc/>
    public Pending<TResult> Dispatch<TValue, TResult>(
        EventKey<TValue, TResult> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending<TResult> pending = new(Owner, EventKey.Unwrap(key), value, context, null, options);
        Send(pending, cancellationToken);
        return pending;
    }

    /// <inheritdoc/>
    public Pending<TResult> Submit<TResult>(
        Submission submission,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending<TResult> pending = PendingOf<TResult>(submission, context, options);
        Send(pending, cancellationToken);
        return pending;
    }

    /// <inheritdoc/>
    public async ValueTask<Pending> DispatchAsync(
        object key,
        object? value = null,
        SessionContext? context = null,
        object?[]? args = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending pending = new(Owner, EventKey.Unwrap(key), value, context, Copied(args), options);
        await SendWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
        return pending;
    }

    /// <inheritdoc/>
    public ValueTask<Pending> DispatchAsync<TValue>(
        EventKey<TValue> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    ) => DispatchAsync((object)key, value, context, null, options, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask<Pending<TResult>> DispatchAsync<TValue, TResult>(
        EventKey<TValue, TResult> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending<TResult> pending = new(Owner, EventKey.Unwrap(key), value, context, null, options);
        await SendWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
        return pending;
    }

    /// <inheritdoc/>
    public async ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        Submission submission,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    )
    {
        Pending<TResult> pending = PendingOf<TResult>(submission, context, options);
        await SendWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
        return pending;
    }

    /// <inheritdoc/>
    public void Post(object key, object? value = null, SessionContext? context = null, object?[]? args = null)
    {
        object bare = EventKey.Unwrap(key);
        if (_outbound is not null || context is not null || args is not null || IsShutdown(bare))
        {
            Send(new PostedEvent(Owner, bare, value, context, Copied(args)), CancellationToken.None);
            return;
        }

        Accept(new QueuedEvent(bare, value));
    }

    /// <inheritdoc/>
    public void Post<TValue>(EventKey<TValue> key, TValue value) => Post((object)key, value);

    /// <inheritdoc/>
    public void PostMany(object key, params ReadOnlySpan<object?> values)
    {
        if (_outbound is null)
        {
            AcceptMany(EventKey.Unwrap(key), values);
            return;
        }

        // The filters see one event after the other; the events that pass are still queued as one batch.
        List<Pending> sent = [];
        foreach (object? value in values)
        {
            _ = _outbound(new OutboundEvent(new PostedEvent(Owner, EventKey.Unwrap(key), value)) { Sent = sent });
        }

        AcceptMany(null, [.. sent]);
    }
}
