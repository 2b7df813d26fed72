namespace EventDrivenActors.Wire.Payloads;

/// <summary>The first byte of a reference inside of an object. The numbers are part of the wire format.</summary>
internal enum GraphTag : byte
{
    Null = 0,

    /// <summary>An object of exactly the declared type.</summary>
    Declared = 1,

    /// <summary>The number of an object that came before.</summary>
    Reference = 2,

    /// <summary>The name of a type, which gets the next number, and an object of it.</summary>
    NamedType = 3,

    /// <summary>The number of a type, and an object of it.</summary>
    NumberedType = 4,
}
