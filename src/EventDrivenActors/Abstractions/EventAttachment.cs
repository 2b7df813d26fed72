using System.Diagnostics.CodeAnalysis;

namespace EventDrivenActors;

/// <summary>An object that an adapter attaches to an event. Never changes.</summary>
/// <param name="value">The adapter's object; its type is the adapter's own.</param>
/// <param name="next">The attachment before this one.</param>
internal sealed class EventAttachment(object value, EventAttachment? next)
{
    private readonly object _value = value;
    private readonly EventAttachment? _next = next;

    /// <summary>Finds the object of a type that was attached last.</summary>
    public static bool TryFind<TValue>(EventAttachment? first, [NotNullWhen(true)] out TValue? value)
        where TValue : class
    {
        for (EventAttachment? one = first; one is not null; one = one._next)
        {
            if (one._value is TValue found)
            {
                value = found;
                return true;
            }
        }

        value = null;
        return false;
    }
}
