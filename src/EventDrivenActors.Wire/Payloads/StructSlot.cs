namespace EventDrivenActors.Wire.Payloads;

/// <summary>A struct with references, field by field.</summary>
internal sealed class StructSlot<T>(TypeFilter filter, FieldsPlan<T> plan) : Slot<T>
    where T : struct
{
    // Any thread: only ever set to true.
    private bool _isAllowed;

    public override int MinSize => plan.MinSize;

    public override bool IsLeaf => plan.IsLeaf && (_isAllowed || (_isAllowed = filter.IsAllowed(typeof(T))));

    public override void Write(GraphWriter writer, ref T value)
    {
        if (!_isAllowed)
        {
            _isAllowed = filter.IsAllowed(typeof(T)) ? true : throw writer.Refused(Remedies.NotAllowed(typeof(T)));
        }

        writer.Enter(plan.Names);
        plan.Write(writer, ref value);
        writer.Exit();
    }

    public override void Read(GraphReader graph, ref WireReader reader, ref T value)
    {
        if (!_isAllowed)
        {
            _isAllowed = filter.IsAllowed(typeof(T))
                ? true
                : throw new WireFormatException($"The struct '{typeof(T)}' is not allowed to cross.");
        }

        plan.Read(graph, ref reader, ref value);
    }
}
