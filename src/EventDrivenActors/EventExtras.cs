namespace EventDrivenActors;

/// <summary>What most events do not have: a context, arguments, options.</summary>
internal sealed class EventExtras(SessionContext? context, object?[] args, EventOptions options)
{
    public SessionContext? Context { get; set; } = context;

    public object?[] Args { get; private set; } = args;

    public EventOptions Options => options;

    public static EventExtras? Of(SessionContext? context, object?[]? args, EventOptions? options) =>
        context is null && options is null && args is not { Length: > 0 } ? null : new EventExtras(context, args ?? [], options ?? EventOptions.Default);

    /// <summary>Lets go of what only the event's handlers need.</summary>
    public void Forget()
    {
        Context = null;
        Args = [];
    }
}
