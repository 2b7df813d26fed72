using Akka.Actor;

namespace EventDrivenActors.Controllers;

/// <summary>Gives each actor system its <see cref="OpenControllers"/>.</summary>
internal sealed class OpenControllersProvider : ExtensionIdProvider<OpenControllers>
{
    public override OpenControllers CreateExtension(ExtendedActorSystem system)
    {
        OpenControllers open = new();
        open.Attach(system);
        return open;
    }
}
