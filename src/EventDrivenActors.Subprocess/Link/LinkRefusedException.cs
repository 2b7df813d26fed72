using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The handshake was refused: another version or another build of an assembly, which another attempt would meet again, or the wrong process at the other end, which it need not.</summary>
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
