using EventDrivenActors.Subprocess.Launching;

namespace EventDrivenActors.Subprocess.Link;

/// <summary>The handshake was refused: another version, another build of an assembly, or a wrong proof. Another attempt would end the same way.</summary>
internal sealed class LinkRefusedException : ChildStartException
{
    public LinkRefusedException(string message)
        : base(message) => MayRetry = false;
}
