using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Launching;

/// <summary>
/// A child that brings the link to it along, so it neither connects to a socket nor proves who it is.
/// </summary>
internal interface ILinkedChild : IChildProcess
{
    /// <summary>The parent's end of the link.</summary>
    LinkStream Stream { get; }
}
