using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop.Mailbox;

/// <summary>
/// The fields that every add writes, on cache lines that consumers do not touch: there is an empty line before and
/// after them.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 152)]
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
