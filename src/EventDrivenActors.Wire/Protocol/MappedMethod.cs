namespace EventDrivenActors.Wire.Protocol;

/// <summary>A handler or hook of the child's mapping.</summary>
/// <param name="Slot">The number of its slot.</param>
/// <param name="Key">Its event's key as a payload; empty for hooks.</param>
/// <param name="Method">The method.</param>
internal sealed record MappedMethod(int Slot, ReadOnlyMemory<byte> Key, MethodReference Method);
