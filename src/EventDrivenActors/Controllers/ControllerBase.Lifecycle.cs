using Akka.Actor;
using EventDrivenActors.Diagnostics;
using EventDrivenActors.EventLoop.Mailbox;
using EventDrivenActors.Listening;

namespace EventDrivenActors;

/// <content>Suspending, waiting and ending, and what the two kinds of controllers have in common inside.</content>
public abstract partial class ControllerBase
{
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
    /// <exception cref="ArgumentOutOfRangeException">The deadline that the caller names is no time.</exception>
    private protected static TimeSpan Deadline(TimeSpan? named, TimeSpan unnamed) =>
        named is { } deadline ? TimeOption.RequireOrZero(deadline, nameof(deadline)) : unnamed;

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
