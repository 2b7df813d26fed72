namespace EventDrivenActors;

/// <summary>
/// The entries of a mapping at one instant. Never changes; all controllers of one blueprint share it.
/// </summary>
internal sealed class MappingSnapshot(MappingEntry[] entries)
{
    // Any thread; two threads may write equal values.
    private object? _compiled;

    public MappingEntry[] Entries { get; } = entries;

    /// <summary>The form that a higher room compiled from this snapshot. Two threads may make it at once.</summary>
    public TCompiled Compiled<TCompiled>(Func<MappingSnapshot, TCompiled> compile)
        where TCompiled : class => (TCompiled)(_compiled ??= compile(this));
}
