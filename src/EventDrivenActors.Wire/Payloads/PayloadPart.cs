namespace EventDrivenActors.Wire.Payloads;

/// <summary>Reads a part of a payload.</summary>
internal delegate T PayloadPart<out T>(ValueCodec values, ref WireReader reader);
