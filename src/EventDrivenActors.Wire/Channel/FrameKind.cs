namespace EventDrivenActors.Wire.Channel;

/// <summary>The first byte of a frame.</summary>
internal enum FrameKind : byte
{
    /// <summary>A protocol data unit of Akka.Remote, of which the link itself reads nothing.</summary>
    Pdu = 1,

    /// <summary>A sign of life: one byte, 1 while a debugger is attached to the sender.</summary>
    Heartbeat = 2,

    /// <summary>An envelope of the link, as <see cref="EnvelopeFormat"/> lays it out.</summary>
    Envelope = 3,
}
