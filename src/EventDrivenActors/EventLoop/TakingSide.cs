using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop;

/// <summary>What every take writes, on a cache line that producers do not touch.</summary>
[StructLayout(LayoutKind.Explicit, Size = 64)]
internal struct TakingSide
{
    [FieldOffset(0)]
    public long Taken;

    /// <summary>How many had been taken when the buffer that is read was swapped in; its next one is at <see cref="Index"/>.</summary>
    [FieldOffset(8)]
    public long Base;

    /// <summary>How many are in it.</summary>
    [FieldOffset(16)]
    public int Count;

    public readonly int Index => (int)(Taken - Base);
}
