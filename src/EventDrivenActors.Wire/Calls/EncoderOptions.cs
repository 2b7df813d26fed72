namespace EventDrivenActors.Wire.Calls;

/// <summary>The values that a <see cref="CallEncoder"/> lets cross, and how it refuses others.</summary>
internal sealed record EncoderOptions
{
    /// <summary>The handlers and hooks at the other end: the types that their signatures name cross.</summary>
    public required IReadOnlyList<MappingEntry> Handlers { get; init; }

    /// <summary>The types that cross although no signature names them.</summary>
    public required IReadOnlyCollection<Type> AllowedTypes { get; init; }

    public required int MaxPayloadBytes { get; init; }

    /// <summary>Makes the exception that the caller gets for what cannot cross, of a message and a cause.</summary>
    public required Func<string, Exception, Exception> Refuse { get; init; }
}
