namespace EventDrivenActors;

/// <summary>
/// A posted event that needs an envelope, because it has arguments or a context, or is settled later.
/// </summary>
internal sealed class PostedEvent(
    IEventOwner<Pending> owner,
    object key,
    object? value,
    SessionContext? context = null,
    object?[]? args = null,
    EventOptions? options = null
) : Pending(owner, key, value, context, args, options)
{
    internal override bool IsPost => true;
}
