using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Gives each actor system its <see cref="ChildLinks"/>.</summary>
internal sealed class ChildLinksProvider : ExtensionIdProvider<ChildLinks>
{
    public override ChildLinks CreateExtension(ExtendedActorSystem system) => new(system);
}
