namespace EventDrivenActors.Subprocess.Wire;

/// <summary>How Hyperion writes one type, worked out once and used by the checker before writing and the scanner before reading.</summary>
internal sealed class TypeShape
{
    public required Type Type { get; init; }

    public required ShapeKind Kind { get; init; }

    /// <summary>The end of a sentence that begins with the member's path, for a refused type.</summary>
    public string Refusal { get; init; } = "";

    public FieldShape[] Fields { get; init; } = [];

    /// <summary>Declared type of a sequence's elements.</summary>
    public Type? Element { get; init; }

    /// <summary>Whether no element of a sequence needs a look.</summary>
    public bool HasLeafElements { get; init; }

    /// <summary>Looks at one instance: the end of a sentence when this one cannot cross, else null.</summary>
    public Func<object, string?>? Inspect { get; init; }

    /// <summary>Whether instances hold nothing that needs a look: neither references nor types chosen at run time.</summary>
    public bool IsLeaf { get; init; }
}
