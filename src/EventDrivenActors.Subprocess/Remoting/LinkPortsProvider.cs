using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Gives each link system its <see cref="LinkPorts"/>.</summary>
internal sealed class LinkPortsProvider : ExtensionIdProvider<LinkPorts>
{
    public override LinkPorts CreateExtension(ExtendedActorSystem system) => new();
}
