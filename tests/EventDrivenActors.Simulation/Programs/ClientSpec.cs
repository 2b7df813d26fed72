namespace EventDrivenActors.Simulation.Programs;

/// <summary>One caller: its steps run one after the other, beside those of other clients.</summary>
internal sealed record ClientSpec(IReadOnlyList<Step> Steps);

/// <summary>One step of a client.</summary>
/// <param name="Kind">The kind of step.</param>
/// <param name="Node">The index of the node; for <see cref="StepKind.Listen"/> the listener's.</param>
internal sealed record Step(StepKind Kind, int Node = 0)
{
    /// <summary>
    /// Milliseconds, a number of workers, a mode, another node, or the number of an earlier event, as the kind says.
    /// </summary>
    public int Amount { get; init; }

    public string Key { get; init; } = "";

    /// <summary>The events; one, but for <see cref="StepKind.PostMany"/>.</summary>
    public IReadOnlyList<Work> Works { get; init; } = [];

    /// <summary>The event's own time-out in milliseconds.</summary>
    public int? Timeout { get; init; }

    /// <summary>After how many milliseconds the event's token fires; 0 before it is dispatched.</summary>
    public int? CancelAfter { get; init; }

    /// <summary>Whether the step is awaited before the next one begins.</summary>
    public bool Awaited { get; init; } = true;
}

internal enum StepKind
{
    Dispatch,

    /// <summary>Waits for room as well.</summary>
    DispatchAsync,
    Post,
    PostMany,
    Submit,

    /// <summary>A plain <c>Tell</c> of a <see cref="ControllerEvent"/>.</summary>
    Tell,

    /// <summary>Waits until the client's events so far have settled.</summary>
    AwaitAll,

    /// <summary>Cancels the event with the id of <see cref="Step.Amount"/>, if the client has dispatched it.</summary>
    Cancel,

    /// <summary>Waits for <see cref="Step.Amount"/> ms.</summary>
    Pause,
    Suspend,
    Resume,

    /// <summary>Lets a suspended controller, or one worker of a pool, handle one event.</summary>
    Step,
    Clean,

    /// <summary>To <see cref="Step.Amount"/> workers.</summary>
    Resize,

    /// <summary>The node listens to that of <see cref="Step.Amount"/>, for <see cref="Step.Key"/>.</summary>
    Listen,

    /// <summary>Ends the node's last listening.</summary>
    Unlisten,

    /// <summary>Adds a handler of <see cref="Step.Key"/> to the live mapping.</summary>
    Map,

    /// <summary>Removes the handlers of <see cref="Step.Key"/>.</summary>
    Unmap,

    /// <summary>
    /// In the <see cref="ShutdownMode"/> of <see cref="Step.Amount"/>, with the deadline of <see cref="Step.Timeout"/>.
    /// </summary>
    Shutdown,
    Run,
    WaitIdle,
    WaitPending,
    WaitReady,
    WaitEnd,

    /// <summary>Sets the timer's interval to <see cref="Step.Amount"/> ms; 0 stops it.</summary>
    SetTiming,

    /// <summary>Ends the actor system.</summary>
    EndSystem,
    KillChild,
    FreezeChild,
    TerminateChild,
    StarveChild,

    /// <summary>The children take <see cref="Step.Amount"/> MiB of memory from now on.</summary>
    GrowChild,

    /// <summary>
    /// The thread pool of the parent does nothing while the loops take <see cref="Step.Amount"/> turns.
    /// </summary>
    StarveParent,

    /// <summary>The clock jumps by <see cref="Step.Amount"/> ms, as if the machine had slept.</summary>
    Jump,
}
