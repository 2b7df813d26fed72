namespace EventDrivenActors.Wire.Payloads;

/// <summary>The first byte of a payload value. The numbers are part of the wire format.</summary>
internal enum PayloadTag : byte
{
    Null = 0,
    False = 1,
    True = 2,
    Byte = 3,
    SByte = 4,
    Int16 = 5,
    UInt16 = 6,
    Int32 = 7,
    UInt32 = 8,
    Int64 = 9,
    UInt64 = 10,
    Single = 11,
    Double = 12,
    Decimal = 13,
    Char = 14,
    String = 15,
    DateTime = 16,
    DateTimeOffset = 17,
    TimeSpan = 18,
    Guid = 19,
    Enum = 20,
    PrimitiveArray = 21,
    StringArray = 22,
    ObjectArray = 23,
    Graph = 24,
}
