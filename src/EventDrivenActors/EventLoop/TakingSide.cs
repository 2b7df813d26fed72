using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop;

/// <summary>What every take writes, on a cache line that producers do not touch.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct TakingSide
{
    [FieldOffset(0)]
    public long Taken;

    /// <summary>How many had been taken when the buffer that is read was swapped in.</summary>
    [FieldOffset(8)]
    public long Base;

    /// <summary>Where the buffer that is read goes on.</summary>
    [FieldOffset(16)]
    public int Index;

    /// <summary>How many are in it.</summary>
    [FieldOffset(20)]
    public int Count;
}
