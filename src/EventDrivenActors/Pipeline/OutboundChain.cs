namespace EventDrivenActors.Pipeline;

/// <summary>Outbound filters linked into one delegate, once.</summary>
internal static class OutboundChain
{
    public static OutboundDelegate? Link(
        IReadOnlyList<Func<OutboundEvent, OutboundDelegate, Pending>> filters,
        OutboundDelegate last
    )
    {
        if (filters.Count == 0)
        {
            return null;
        }

        OutboundDelegate next = last;
        for (int i = filters.Count - 1; i >= 0; i--)
        {
            Func<OutboundEvent, OutboundDelegate, Pending> filter = filters[i];
            OutboundDelegate rest = next;
            next = outbound => filter(outbound, rest);
        }

        return next;
    }
}
