namespace EventDrivenActors.Wire.Channel;

/// <summary>The first byte of a frame.</summary>
internal enum FrameKind : byte
{
    /// <summary>A protocol data unit of Akka.Remote.</summary>
    Pdu = 1,

    /// <summary>A sign of life: one byte, 1 while a debugger is attached to the sender.</summary>
    Heartbeat = 2,
}
