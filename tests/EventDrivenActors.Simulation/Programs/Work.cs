namespace EventDrivenActors.Simulation.Programs;

/// <summary>The work of the handler of one event. It travels with the event, even into a child.</summary>
/// <param name="Id">Unique in the program.</param>
/// <param name="Cargo">Which value of the catalogue travels as the event's value and comes back as its result; -1 for
/// none: then the result is the id.</param>
/// <param name="Acts">The acts of the handler, in order, before it returns.</param>
public sealed record Work(int Id, int Cargo, Act[] Acts)
{
    /// <summary>Which acceptance it is; given when it is dispatched.</summary>
    public int Event { get; init; }

    internal IEnumerable<Work> WithInner =>
        Acts.Where(act => act.Inner is not null).SelectMany(act => act.Inner!.WithInner).Prepend(this);
}

/// <summary>One thing that a handler does.</summary>
/// <param name="Kind">The kind of act.</param>
/// <param name="Node">The index of the node that it concerns; -1 for its own controller.</param>
/// <param name="Amount">Milliseconds, a mode, or a form of waiting, as the kind says.</param>
/// <param name="Key">The key of the event that it dispatches.</param>
/// <param name="Inner">The event that it dispatches.</param>
public sealed record Act(ActKind Kind, int Node = -1, int Amount = 0, string Key = "", Work? Inner = null);

/// <summary>The acts of handlers.</summary>
public enum ActKind
{
    /// <summary>Awaits a yield.</summary>
    Yield,

    /// <summary>Waits for <see cref="Act.Amount"/> ms, or until its token fires, and then throws as tasks do.</summary>
    Delay,

    /// <summary>Waits for <see cref="Act.Amount"/> ms, whatever its token says.</summary>
    Deaf,

    /// <summary>Throws.</summary>
    Throw,

    /// <summary>Calls <see cref="Session.Skip"/>.</summary>
    Skip,

    /// <summary>
    /// Dispatches <see cref="Act.Inner"/> to a node and awaits it in the <see cref="AwaitForm"/> of
    /// <see cref="Act.Amount"/>. Not in a child.
    /// </summary>
    Call,

    /// <summary>Dispatches <see cref="Act.Inner"/> to a node and goes on. Not in a child.</summary>
    Send,

    /// <summary>Raises <see cref="Act.Inner"/> in the parent's controller. In a child only.</summary>
    Raise,

    /// <summary>Awaits that a node is idle. Not in a child.</summary>
    WaitIdle,

    /// <summary>Awaits the end of a node. Not in a child.</summary>
    WaitEnd,

    /// <summary>
    /// Starts a task that outlives the handler, continues <see cref="Act.Amount"/> ms later, and must not see a session
    /// then.
    /// </summary>
    LeaveBehind,

    /// <summary>
    /// Begins a shutdown of a node in the mode of <see cref="Act.Amount"/>, without awaiting it. Not in a child.
    /// </summary>
    Stop,

    /// <summary>Sets an <see cref="AsyncLocal{T}"/> and the culture, which no later event may meet.</summary>
    Taint,

    /// <summary>Reports <see cref="Act.Amount"/> as progress.</summary>
    Report,

    /// <summary>
    /// Ends the process of the child, with <see cref="Act.Amount"/> as its exit code. In a child only.
    /// </summary>
    Exit,
}

/// <summary>How an event is awaited.</summary>
public enum AwaitForm
{
    Await,
    NoContext,
    AsTask,
    WhenAll,
    SettledAsync,
    InnerTask,

    /// <summary>By <c>DispatchAsync</c>, which also waits for room.</summary>
    Room,

    /// <summary>By a submitted function that awaits it.</summary>
    Submitted,

    /// <summary>By blocking the handler's thread; on real threads only, elsewhere as <see cref="Await"/>.</summary>
    Block,

    /// <summary>By blocking the handler's thread on another one that awaits it; on real threads only.</summary>
    BlockOther,
}
