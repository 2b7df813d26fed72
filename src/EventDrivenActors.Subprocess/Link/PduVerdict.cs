namespace EventDrivenActors.Subprocess.Link;

/// <summary>What a PDU is.</summary>
internal enum PduVerdict
{
    /// <summary>Not for Akka to see.</summary>
    Dropped,

    /// <summary>Association, heartbeat or disassociation.</summary>
    Instruction,

    /// <summary>An envelope for the link's actor.</summary>
    Envelope,
}
