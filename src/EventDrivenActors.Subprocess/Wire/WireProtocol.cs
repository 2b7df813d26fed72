namespace EventDrivenActors.Subprocess.Wire;

/// <summary>The numbers both ends of a link must agree on.</summary>
internal static class WireProtocol
{
    /// <summary>Version of the envelope format; it is the first byte of every envelope and is compared in the handshake.</summary>
    public const byte Version = 1;
}
