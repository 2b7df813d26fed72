namespace EventDrivenActors.Subprocess.Wire;

/// <summary>In which form Hyperion writes the instances of a type.</summary>
internal enum ShapeKind
{
    /// <summary>It is not written; the shape says why.</summary>
    Refused,

    /// <summary>A manifest byte of its own, then a fixed number of bytes or a string.</summary>
    Primitive,

    /// <summary>An array of primitives: the element's manifest once, then the elements.</summary>
    PrimitiveArray,

    /// <summary>The fields in the order of their names.</summary>
    Fields,

    /// <summary>A count, then that many values.</summary>
    Sequence,

    /// <summary>A count, then that many <see cref="System.Collections.DictionaryEntry"/>.</summary>
    Entries,

    /// <summary>One value that stands for the whole (see <see cref="ReplacedTypes"/>).</summary>
    Replaced,
}
