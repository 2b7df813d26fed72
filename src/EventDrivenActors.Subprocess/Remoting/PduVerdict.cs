namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>The verdict on a PDU.</summary>
internal enum PduVerdict
{
    /// <summary>Not for Akka to see.</summary>
    Dropped,

    /// <summary>Association or heartbeat.</summary>
    Instruction,

    /// <summary>Disassociation: the other end wants no more of the link.</summary>
    Farewell,
}
