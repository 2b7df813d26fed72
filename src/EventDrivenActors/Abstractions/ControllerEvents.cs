namespace EventDrivenActors;

/// <summary>The keys that the runtime itself raises or gives a meaning to.</summary>
public static class ControllerEvents
{
    /// <summary>
    /// A submitted function. A mapping of this key sees the <see cref="Submission"/> as its value and runs instead of
    /// it.
    /// </summary>
    public static EventKey<Submission> Submit { get; } = new("controller.submit");

    /// <summary>
    /// The end of a run. Its handlers run before the loop ends; <see cref="Session.Skip"/> in one vetoes a graceful
    /// shutdown. Dispatching it asks for a shutdown after what is queued.
    /// </summary>
    public static EventKey<object> Shutdown { get; } = new("controller.shutdown");

    /// <summary>
    /// Handlers mapped to this key are before hooks: <c>blueprint.Before</c>.
    /// </summary>
    public static EventKey<object> Before { get; } = new("controller.before");

    /// <summary>
    /// Handlers mapped to this key are after hooks: <c>blueprint.After</c>.
    /// </summary>
    public static EventKey<object> After { get; } = new("controller.after");

    /// <summary>
    /// Handlers mapped to this key run for events that have no handlers; they see the event's true key.
    /// </summary>
    public static EventKey<object> Otherwise { get; } = new("controller.otherwise");

    /// <summary>
    /// Raised after every failed handler, before the next queued event. A failure of its own handlers is only logged.
    /// </summary>
    public static EventKey<HandlerFailure> Error { get; } = new("controller.error");

    /// <summary>A tick of a timer.</summary>
    public static EventKey<TimerTick> Timing { get; } = new("controller.timing");

    /// <summary>Raised once in each worker of a child process before it takes work.</summary>
    public static EventKey<object> WorkerPrepare { get; } = new("controller.worker-prepare");
}
