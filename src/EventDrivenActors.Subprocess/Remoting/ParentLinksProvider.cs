using Akka.Actor;

namespace EventDrivenActors.Subprocess.Remoting;

/// <summary>Gives each actor system its <see cref="ParentLinks"/>.</summary>
internal sealed class ParentLinksProvider : ExtensionIdProvider<ParentLinks>
{
    public override ParentLinks CreateExtension(ExtendedActorSystem system) => new(system);
}
