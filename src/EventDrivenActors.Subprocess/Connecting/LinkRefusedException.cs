using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The handshake was refused: because of another version or another build of an assembly, which would be the same at
/// the next attempt, or because of the wrong process at the other end, which need not be.
/// </summary>
internal sealed class LinkRefusedException : ChildStartException
{
    public LinkRefusedException(string message, bool byStranger = false)
        : base(message)
    {
        IsByStranger = byStranger;
        MayRetry = byStranger;
    }

    /// <summary>Whether the other end could not prove who it is: somebody else came to the socket first.</summary>
    public bool IsByStranger { get; }
}
