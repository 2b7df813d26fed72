using System.Runtime.InteropServices;

namespace EventDrivenActors.EventLoop;

/// <summary>
/// What every add writes, on cache lines that consumers do not touch: there is an empty line before and after it.
/// </summary>
[StructLayout(LayoutKind.Explicit, Size = 168)]
internal struct AddingSide
{
    [FieldOffset(64)]
    public long Added;

    [FieldOffset(72)]
    public int Lock;

    /// <summary>How many are in the buffer that is written.</summary>
    [FieldOffset(76)]
    public int Count;

    /// <summary>The consumer that is on its way.</summary>
    [FieldOffset(80)]
    public IEventConsumer? Called;

    /// <summary>How many had been taken when it was called.</summary>
    [FieldOffset(88)]
    public long TakenWhenCalled;

    /// <summary>How many events have been added since.</summary>
    [FieldOffset(96)]
    public int CalledFor;
}
