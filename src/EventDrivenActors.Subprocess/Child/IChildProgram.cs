using EventDrivenActors.Subprocess.Connecting;
using EventDrivenActors.Wire.Calls;
using EventDrivenActors.Wire.Channel;

namespace EventDrivenActors.Subprocess.Child;

/// <summary>
/// The program of a child. Made with its parameterless constructor; receives the parent's messages as the link's peer.
/// </summary>
internal interface IChildProgram : ILinkPeer
{
    /// <summary>
    /// Begins what needs neither the link nor the actor system, while these come up. Called once, before
    /// <see cref="RunAsync"/>; neither throws nor blocks.
    /// </summary>
    /// <param name="configuration">The parent's configuration, opaque to the link.</param>
    /// <param name="marks">Where it marks the calls that it starts.</param>
    void Prepare(ReadOnlyMemory<byte> configuration, StartMarks marks) { }

    /// <summary>
    /// Starts the program; the child leaves when the task ends. No message comes before this method has returned its
    /// task.
    /// </summary>
    /// <param name="configuration">The parent's configuration, opaque to the link.</param>
    /// <param name="link">Sends to the parent.</param>
    /// <param name="system">The child's actor system; the program begins its boot.</param>
    /// <param name="leaving">Fires on SIGTERM: the child is to finish and leave.</param>
    Task RunAsync(ReadOnlyMemory<byte> configuration, ILink link, ChildSystem system, CancellationToken leaving);
}
