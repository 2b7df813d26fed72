namespace EventDrivenActors;

/// <summary>What a mapping held at one instant. Never changes; shared by all controllers of one blueprint.</summary>
internal sealed class MappingSnapshot(MappingEntry[] entries)
{
    private object? _compiled;

    public MappingEntry[] Entries { get; } = entries;

    /// <summary>What a higher room made of this snapshot, made once.</summary>
    public TCompiled Compiled<TCompiled>(Func<MappingSnapshot, TCompiled> compile)
        where TCompiled : class => (TCompiled)(_compiled ??= compile(this));
}
