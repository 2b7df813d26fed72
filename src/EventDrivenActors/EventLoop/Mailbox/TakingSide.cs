using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// The fields that every take writes, on cache lines that producers do not touch: there is an empty line after them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 88)]
internal struct TakingSide
{
    /// <summary>How many events have been taken.</summary>
    [FieldOffset(0)]
    public long Taken;

    /// <summary>How many will have been taken when the buffer that is read is empty.</summary>
    [FieldOffset(8)]
    public long Limit;

    /// <summary>
    /// How many had been taken when that buffer was swapped in: its next event is at <see cref="Taken"/> less this.
    /// </summary>
    [FieldOffset(16)]
    public long Base;
}
