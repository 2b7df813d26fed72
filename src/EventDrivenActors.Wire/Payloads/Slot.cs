namespace EventDrivenActors.Wire.Payloads;

/// <summary>How the content of a field, an element or a box of one declared type is written.</summary>
internal abstract class Slot
{
    /// <summary>
    /// The fewest bytes that a value takes, at least 1: what a claimed count of elements is measured by.
    /// </summary>
    public abstract int MinSize { get; }

    /// <summary>Whether no value can be refused, so that the way to it need not be tracked.</summary>
    public virtual bool IsLeaf => false;
}
