using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>A count that one thread at a time raises and others read, on a cache line of its own.</summary>
[StructLayout(LayoutKind.Sequential)]
internal sealed class Tally
{
    private readonly Padding _before;
    private long _count;
    private readonly Padding _after;

    public long Count => Volatile.Read(ref _count);

    public void Add() => Volatile.Write(ref _count, _count + 1);

    /// <summary>For a consumer that does not know which one it is.</summary>
    public void AddShared() => Interlocked.Increment(ref _count);

    [InlineArray(64)]
    private struct Padding
    {
        private byte _first;
    }
}
