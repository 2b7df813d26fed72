using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using EventDrivenActors.Adapters;

namespace EventDrivenActors.Advanced;

/// <summary>
/// Seams for adapters that pass events on to elsewhere, as the one for child processes does. Other code needs none of
/// them.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Advanced)]
public static class AdapterSeams
{
    /// <summary>
    /// Whether work is kept for the calling thread, which it has offered with <see cref="BeginOffer"/>.
    /// </summary>
    public static bool HasOfferedWork => OfferedThread.HasWork;

    /// <summary>
    /// Adds a filter, as <see cref="IAdapterContext.UseInbound"/> does, that passes events on to elsewhere with
    /// <see cref="Session.Defer"/>.
    /// </summary>
    /// <param name="context">The seams of the controller, as <see cref="IAdapter.Configure"/> was given them.</param>
    /// <param name="filter">Calls its second argument to handle the event here.</param>
    /// <param name="passesOn">
    /// Whether the filter will just pass an event on: without blocking, and without running code that is not the
    /// adapter's. Where it is the only filter, that may happen on the thread that dispatches an event, or that
    /// completes the task which the filter returned for the last one, instead of the loop's own. No handler runs there.
    /// </param>
    /// <exception cref="ArgumentException">The context is not one of the library's own.</exception>
    public static void UseRelay(
        this IAdapterContext context,
        Func<Session, InboundDelegate, ValueTask> filter,
        Func<Session, bool> passesOn
    )
    {
        if (context is not AdapterContext own)
        {
            throw new ArgumentException(
                $"The context is a '{context?.GetType()}'; pass the one that Configure was called with.",
                nameof(context)
            );
        }

        own.UseRelay(filter, passesOn);
    }

    /// <summary>Attaches an object to an event, for the adapter that knows its type.</summary>
    /// <param name="outbound">The event.</param>
    /// <param name="value">The object; it crosses to no other process, no listener sees it, and it is released when the
    /// event has settled. Of several objects of a type the last one is found.</param>
    public static void Attach(this OutboundEvent outbound, object value)
    {
        ArgumentNullException.ThrowIfNull(outbound);
        ArgumentNullException.ThrowIfNull(value);
        outbound.Pending.Attachments = new EventAttachment(value, outbound.Pending.Attachments);
    }

    /// <summary>Options that attach an object to each event that is dispatched with them.</summary>
    /// <param name="options">The options of the events.</param>
    /// <param name="value">The object, as for <see cref="Attach"/>.</param>
    /// <returns>The new options.</returns>
    public static EventOptions WithAttachment(this EventOptions options, object value)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(value);
        return options with { Attachments = new EventAttachment(value, options.Attachments) };
    }

    /// <summary>Finds the object of a type that was attached to the event.</summary>
    /// <typeparam name="TValue">The type of the object.</typeparam>
    /// <param name="session">The event's session.</param>
    /// <param name="value">The object when the result is <see langword="true"/>.</param>
    /// <returns>Whether there is one.</returns>
    /// <exception cref="InvalidOperationException">The event has ended.</exception>
    public static bool TryGetAttachment<TValue>(this Session session, [NotNullWhen(true)] out TValue? value)
        where TValue : class => EventAttachment.TryFind(session.Pending?.Attachments, out value);

    /// <summary>Calls back once the event has settled: on the thread that settles it, or at once when it has.</summary>
    /// <param name="pending">The event.</param>
    /// <param name="callback">Must be quick, and must not wait or throw, because the loop waits for it. A failure of
    /// the event counts as observed. Code that does not pass outcomes on should await the event.</param>
    public static void WhenSettled(this Pending pending, Action<EventOutcome> callback)
    {
        ArgumentNullException.ThrowIfNull(pending);
        pending.WhenSettled(callback);
    }

    /// <summary>
    /// Calls back when <see cref="DeferredEvent.CancellationToken"/> fires, at once when it has; it costs less than a
    /// registration there.
    /// </summary>
    /// <param name="deferred">The event.</param>
    /// <param name="callback">Must not block, as a callback that is registered with the token. It cannot be
    /// removed.</param>
    public static void WhenCancelled(this DeferredEvent deferred, Action callback)
    {
        ArgumentNullException.ThrowIfNull(deferred);
        deferred.WhenCancelled(callback);
    }

    /// <summary>
    /// Offers the calling thread, which is the adapter's own, for the work that its dispatching and settling of events
    /// causes, so that no thread of the pool has to be woken for it.
    /// </summary>
    /// <remarks>
    /// Only the first piece of work until <see cref="EndOffer"/> is kept for it; if there is more, the thread pool does
    /// all of it. The kept work may run handlers and code that awaits an event, and may never end, so the adapter must
    /// make sure that nothing waits for its thread.
    /// </remarks>
    public static void BeginOffer() => OfferedThread.Begin();

    /// <summary>Ends the offer.</summary>
    /// <returns>
    /// The work that the calling thread must now do, or pass on; <see langword="null"/> when there is none.
    /// </returns>
    public static IThreadPoolWorkItem? EndOffer() => OfferedThread.End();
}
