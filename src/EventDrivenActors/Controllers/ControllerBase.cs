using Akka.Actor;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop;
using EventDrivenActors.Listening;
using EventDrivenActors.Pipeline;

namespace EventDrivenActors;

/// <summary>What controllers and pools have in common: the ways in which events come to them.</summary>
public abstract class ControllerBase : IController, IListenable
{
    private IReadOnlyList<Func<OutboundEvent, OutboundDelegate, Pending>> _filters = [];
    private OutboundDelegate? _outbound;
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

    internal abstract IPendingOwner Owner { get; }

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

        // The filters see one event after the other; what they let through is still queued as one batch.
        List<Pending> sent = [];
        foreach (object? value in values)
        {
            _ = _outbound(new OutboundEvent(new PostedEvent(Owner, EventKey.Unwrap(key), value)) { Sent = sent });
        }

        AcceptMany(null, [.. sent]);
    }

    /// <inheritdoc/>
    public abstract Task SuspendAsync();

    /// <inheritdoc/>
    public abstract Task ReadyAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public void Suspend() => _ = SuspendAsync();

    /// <inheritdoc/>
    public abstract void Resume();

    /// <inheritdoc/>
    public abstract int Clean();

    /// <inheritdoc/>
    public abstract Task PendingAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public abstract Task WaitForIdleAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public void Shutdown() => _ = ShutdownAsync();

    /// <inheritdoc/>
    public abstract Task<ShutdownReport> ShutdownAsync(
        ShutdownMode mode = ShutdownMode.Drain,
        TimeSpan? deadline = null
    );

    /// <summary>The deadline of a shutdown.</summary>
    /// <exception cref="ArgumentOutOfRangeException">What the caller names is no time.</exception>
    private protected static TimeSpan Deadline(EventRuntime runtime, TimeSpan? named) =>
        named is { } deadline ? TimeOption.RequireOrZero(deadline, nameof(deadline)) : runtime.ShutdownDeadline;

    /// <inheritdoc/>
    public abstract Task WaitAsync(CancellationToken cancellationToken = default);

    /// <inheritdoc/>
    public IDisposable Listen(IController target, params object[] keys)
    {
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(keys);
        return target is IListenable listenable
            ? ListeningHub.For(System).Listen(this, listenable, keys)
            : throw new ArgumentException(
                $"The controller '{target.Name}' is a {target.GetType().Name}, which cannot be listened to.",
                nameof(target)
            );
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal abstract ActorSystem System { get; }

    internal abstract ControllerLog Log { get; }

    int IListenable.HopLimit => HopLimit;

    private protected abstract int HopLimit { get; }

    ListeningPlace IListenable.Listening =>
        LazyInitializer.EnsureInitialized(ref _listening, static () => new ListeningPlace());

    IEnumerable<IListenable> IListenable.Takers => Takers;

    void IListenable.Retap() => Retap();

    void IListenable.Deliver(object key, ForwardedEvent forwarded) => Accept(new QueuedEvent(key, forwarded));

    private protected abstract IEnumerable<IListenable> Takers { get; }

    /// <summary>Sets the listeners of the events that it takes.</summary>
    internal abstract void Retap();

    private protected abstract void Accept(QueuedEvent item);

    /// <summary>Queues posts of one key, or without a key pendings, as one batch.</summary>
    private protected abstract void AcceptMany(object? key, ReadOnlySpan<object?> items);

    private protected abstract ValueTask AcceptWhenRoomAsync(Pending pending, CancellationToken cancellationToken);

    private protected void Send(Pending pending, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            pending.TrySettleQueued(EventOutcome.Cancelled);
        }
        else if (IsShutdown(pending.Key))
        {
            _ = SettleByShutdownAsync(pending);
        }
        else
        {
            if (_outbound is null)
            {
                Accept(new QueuedEvent(pending));
            }
            else
            {
                _outbound(new OutboundEvent(pending));
            }

            pending.CancelWith(cancellationToken);
        }
    }

    private Pending<TResult> PendingOf<TResult>(Submission submission, SessionContext? context, EventOptions? options)
    {
        ArgumentNullException.ThrowIfNull(submission);
        return new Pending<TResult>(
            Owner,
            ControllerEvents.Submit.Name,
            submission,
            context,
            submission.ArgumentArray,
            options
        );
    }

    private async ValueTask SendWhenRoomAsync(Pending pending, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (IsShutdown(pending.Key))
        {
            Send(pending, cancellationToken);
            return;
        }

        if (_outbound is null)
        {
            await AcceptWhenRoomAsync(pending, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            OutboundEvent outbound = new(pending) { Sent = [] };
            _ = _outbound(outbound);
            foreach (Pending sent in outbound.Sent)
            {
                await AcceptWhenRoomAsync(sent, cancellationToken).ConfigureAwait(false);
            }
        }

        pending.CancelWith(cancellationToken);
    }

    /// <summary>
    /// Sends an event that came as a message: a refusal is its outcome, since there is no caller that could get an
    /// exception.
    /// </summary>
    private protected void Send(Pending pending)
    {
        try
        {
            Send(pending, CancellationToken.None);
        }
        catch (Exception refused)
        {
            pending.TrySettle(EventOutcome.Faulted(refused));
        }
    }

    /// <summary>The caller may change its array at once, and the event runs later.</summary>
    private static object?[]? Copied(object?[]? args) => args is { Length: > 0 } ? (object?[])args.Clone() : args;

    /// <summary>The end of the chain of filters.</summary>
    private Pending SendOn(OutboundEvent outbound)
    {
        if (outbound.Sent is { } sent)
        {
            sent.Add(outbound.Pending);
        }
        else
        {
            Accept(new QueuedEvent(outbound.Pending));
        }

        return outbound.Pending;
    }

    private static bool IsShutdown(object key) => key is string name && name == ControllerEvents.Shutdown.Name;

    private async Task SettleByShutdownAsync(Pending pending)
    {
        ShutdownReport report = await ShutdownAsync().ConfigureAwait(false);
        pending.TrySettle(report.Vetoed ? EventOutcome.Skipped : EventOutcome.Completed([]));
    }
}
