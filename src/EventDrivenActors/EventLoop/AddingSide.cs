using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop;

/// <summary>What every add writes, on a cache line that the consumer's own does not touch.</summary>
[StructLayout(LayoutKind.Explicit, Size = 144)]
internal struct AddingSide
{
    [FieldOffset(64)]
    public long Added;

    [FieldOffset(72)]
    public int Lock;

    /// <summary>How many are in the buffer that is written.</summary>
    [FieldOffset(76)]
    public int Count;
}
