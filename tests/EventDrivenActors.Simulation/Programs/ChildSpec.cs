namespace EventDrivenActors.Simulation.Programs;

/// <summary>The child process of a node. In a pool each worker has a child of its own.</summary>
internal sealed record ChildSpec
{
    public int Workers { get; init; } = 1;

    /// <summary>Which keys run there, with the shape of their handlers.</summary>
    public IReadOnlyList<KeySpec> Keys { get; init; } = [];

    /// <summary>The keys whose events may be delivered again.</summary>
    public IReadOnlyList<string> Idempotent { get; init; } = [];

    public int MaxAttempts { get; init; } = 3;

    public int? MaxInFlight { get; init; }

    /// <summary>In milliseconds; null for none.</summary>
    public int? EventTimeout { get; init; }

    public bool KillOnTimeout { get; init; }

    public bool Spare { get; init; }

    /// <summary>
    /// How many MiB of memory a child may take before it is replaced, and twice that before it is killed; null for any.
    /// </summary>
    public int? MemoryLimit { get; init; }

    /// <summary>The most bytes of a value; null for the default. One value of the catalogue is larger.</summary>
    public int? MaxPayload { get; init; }

    /// <summary>The keys that its workers do not handle themselves, but in a child of their own each.</summary>
    public IReadOnlyList<KeySpec> NestedKeys { get; init; } = [];

    /// <summary>All keys that it handles, wherever.</summary>
    public IReadOnlyList<KeySpec> AllKeys() => [.. Keys, .. NestedKeys];

    /// <summary>After how many events it is replaced; null for never.</summary>
    public int? RecycleAfter { get; init; }
}
