namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Akka's side of a link: hears what its other end says to it.</summary>
internal interface IInstructed
{
    /// <summary>Takes a PDU that is no envelope.</summary>
    void OnInstruction(ReadOnlySpan<byte> pdu);

    /// <summary>The link has ended.</summary>
    void OnEnd();
}
