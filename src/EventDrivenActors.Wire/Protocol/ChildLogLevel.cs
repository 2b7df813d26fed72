namespace EventDrivenActors.Wire.Protocol;

/// <summary>
/// How grave an event of the child's log is. The numbers are part of the wire format, and those of Akka's levels.
/// </summary>
internal enum ChildLogLevel : byte
{
    Debug = 0,
    Info = 1,
    Warning = 2,
    Error = 3,
    None = 4,
}
