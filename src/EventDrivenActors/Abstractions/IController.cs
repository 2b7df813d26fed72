using Akka.Actor;

namespace EventDrivenActors;

/// <summary>
/// A supervised event loop: a controller, or a pool of them. All members may be called by any thread.
/// </summary>
public interface IController
{
    /// <summary>The name for messages and logs.</summary>
    string Name { get; }

    /// <summary>
    /// The actor: plain Akka code may tell it <see cref="ControllerEvent"/>s, watch it and supervise it.
    /// </summary>
    /// <remarks>An actor ends with its run; after a shutdown, <see cref="Run"/> makes a new one.</remarks>
    IActorRef Ref { get; }

    /// <summary>Where it is in its life.</summary>
    ControllerState State { get; }

    /// <summary>Whether at this instant nothing is queued, runs, or is in flight.</summary>
    bool IsIdle { get; }

    /// <summary>The live table of handlers and hooks.</summary>
    MappingManager Mapping { get; }

    /// <summary>The pool that it is a worker of, or <see langword="null"/>.</summary>
    IController? Pool { get; }

    /// <summary>
    /// Starts the loop, which then handles the events that were dispatched before. Does nothing when it runs already.
    /// </summary>
    /// <param name="context">Context for this run; it wins over that of the options and loses against that of an
    /// event.</param>
    void Run(SessionContext? context = null);

    /// <summary>
    /// Waits until the controller runs and, with a child process, that is ready: set up, and warmed up.
    /// </summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes then, at once when it is so already; of a pool when it holds for all workers.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down or has failed, before or during the
    /// wait; the inner exception says why it failed.</exception>
    Task ReadyAsync(CancellationToken cancellationToken = default);

    /// <summary>Queues an event.</summary>
    /// <param name="key">The event's key: any value with equality, or a typed key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">Its own context; never changed.</param>
    /// <param name="args">Its arguments, bound to handler parameters by position.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Cancels the event.</param>
    /// <returns>The event's pending: await it for the results.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity, is full, and waits for room.</exception>
    Pending Dispatch(
        object key,
        object? value = null,
        SessionContext? context = null,
        object?[]? args = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Queues a typed event.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">Its own context; never changed.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Cancels the event.</param>
    /// <returns>The event's pending.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity, is full, and waits for room.</exception>
    Pending Dispatch<TValue>(
        EventKey<TValue> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc cref="Dispatch{TValue}"/>
    Pending<TResult> Dispatch<TValue, TResult>(
        EventKey<TValue, TResult> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Queues an event, waiting for room when the queue is full.</summary>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">Its own context.</param>
    /// <param name="args">Its arguments.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Ends the wait for room, and later cancels the event.</param>
    /// <returns>Gives the event's pending once it is queued.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down, before or during the wait.</exception>
    /// <exception cref="SelfAwaitException">Called inside a handler that must end before there can be room.</exception>
    ValueTask<Pending> DispatchAsync(
        object key,
        object? value = null,
        SessionContext? context = null,
        object?[]? args = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Queues a typed event, waiting for room when the queue is full.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">Its own context.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Ends the wait for room, and later cancels the event.</param>
    /// <returns>Gives the event's pending once it is queued.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down, before or during the wait.</exception>
    ValueTask<Pending> DispatchAsync<TValue>(
        EventKey<TValue> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <inheritdoc cref="DispatchAsync{TValue}"/>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <typeparam name="TResult">The type of the first handler's result.</typeparam>
    ValueTask<Pending<TResult>> DispatchAsync<TValue, TResult>(
        EventKey<TValue, TResult> key,
        TValue value,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Queues an event without a pending: a failure raises <see cref="ControllerEvents.Error"/>. Without arguments and
    /// context it allocates nothing.
    /// </summary>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value.</param>
    /// <param name="context">Its own context; never changed.</param>
    /// <param name="args">Its arguments.</param>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity, is full, and waits for room.</exception>
    void Post(object key, object? value = null, SessionContext? context = null, object?[]? args = null);

    /// <summary>Queues a typed event without a pending.</summary>
    /// <typeparam name="TValue">The type of the value.</typeparam>
    /// <param name="key">The event's key.</param>
    /// <param name="value">Its value.</param>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity, is full, and waits for room.</exception>
    void Post<TValue>(EventKey<TValue> key, TValue value);

    /// <summary>
    /// Queues one event for each value, without pendings, as one batch: no other event comes between them.
    /// </summary>
    /// <param name="key">The events' key.</param>
    /// <param name="values">Their values, in order.</param>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity and no room for all; none was queued.</exception>
    void PostMany(object key, params ReadOnlySpan<object?> values);

    /// <summary>
    /// Queues a function. The overloads of <see cref="SubmitExtensions"/> take lambdas and method groups.
    /// </summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="submission">The function with its arguments.</param>
    /// <param name="context">The event's own context.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Cancels the event: before its start the function never runs.</param>
    /// <returns>The event's pending.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down and not run again.</exception>
    /// <exception cref="QueueFullException">The queue has a capacity, is full, and waits for room.</exception>
    Pending<TResult> Submit<TResult>(
        Submission submission,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>Queues a function, waiting for room when the queue is full.</summary>
    /// <typeparam name="TResult">The type of its result.</typeparam>
    /// <param name="submission">The function with its arguments.</param>
    /// <param name="context">The event's own context.</param>
    /// <param name="options">The event's options.</param>
    /// <param name="cancellationToken">Ends the wait for room, and later cancels the event.</param>
    /// <returns>Gives the event's pending once it is queued.</returns>
    /// <exception cref="ControllerClosedException">The controller was shut down, before or during the wait.</exception>
    ValueTask<Pending<TResult>> SubmitAsync<TResult>(
        Submission submission,
        SessionContext? context = null,
        EventOptions? options = null,
        CancellationToken cancellationToken = default
    );

    /// <summary>
    /// Makes no handler start until <see cref="Resume"/>. Events queue meanwhile; a running handler ends as usual.
    /// </summary>
    /// <returns>
    /// Completes when it holds, also in a child process and whatever else adapters have sent events to.
    /// </returns>
    /// <exception cref="TimeoutException">An adapter has not confirmed it within 15 s; in this process it
    /// holds.</exception>
    Task SuspendAsync();

    /// <summary>As <see cref="SuspendAsync"/>, without waiting until it holds.</summary>
    void Suspend();

    /// <summary>Lets handlers start again.</summary>
    void Resume();

    /// <summary>
    /// Cancels all queued events; their pendings settle as cancelled. Events that a child process has
    /// received and not started are cancelled there, a moment later.
    /// </summary>
    /// <returns>How many there were, without those in a child.</returns>
    int Clean();

    /// <summary>Waits until everything that is queued now has been taken.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes then.</returns>
    /// <exception cref="SelfAwaitException">Called inside a handler that must end first.</exception>
    Task PendingAsync(CancellationToken cancellationToken = default);

    /// <summary>Waits for an instant when the queue is empty, no handler runs, and nothing is in flight.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes then.</returns>
    /// <exception cref="SelfAwaitException">Called inside a handler that must end first.</exception>
    Task WaitForIdleAsync(CancellationToken cancellationToken = default);

    /// <summary>Asks for the end of the run after what is queued, and does not wait for it.</summary>
    void Shutdown();

    /// <summary>
    /// Ends the run. Calling it again joins the shutdown that is under way; a stricter mode hastens it.
    /// </summary>
    /// <param name="mode">How to end.</param>
    /// <param name="deadline">When the mode becomes stricter: at once for zero, 100 ns to 10 years, or infinite for
    /// never; default 30 s. The call returns by the deadline and 5 s.</param>
    /// <returns>
    /// The counts of how the open events ended. Inside a handler that must end first, one of this controller or one
    /// that its handlers await, it completes at once, with <see cref="ShutdownReport.Ended"/> false.
    /// </returns>
    /// <exception cref="ArgumentOutOfRangeException">The deadline is none of these; nothing has been asked
    /// for.</exception>
    Task<ShutdownReport> ShutdownAsync(ShutdownMode mode = ShutdownMode.Drain, TimeSpan? deadline = null);

    /// <summary>Waits for the end of the run; completes at once when there is none.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes then.</returns>
    /// <exception cref="SelfAwaitException">Called inside a handler that must end first.</exception>
    Task WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>
    /// Hears another controller's events: each one of the keys that it takes arrives here under the same key, with a
    /// <see cref="ForwardedEvent"/> as value.
    /// </summary>
    /// <param name="target">The controller to listen to.</param>
    /// <param name="keys">The keys to hear, whole.</param>
    /// <returns>Ends the listening when disposed.</returns>
    /// <exception cref="InvalidOperationException">It would close a cycle on one of the keys, through whatever
    /// controllers, pools and workers of this process; <see cref="ControllerOptions.HopLimit"/> allows it.</exception>
    IDisposable Listen(IController target, params object[] keys);
}
