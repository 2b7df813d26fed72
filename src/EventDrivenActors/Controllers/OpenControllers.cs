using System.Collections.Concurrent;
using Akka.Actor;

namespace EventDrivenActors.Controllers;

/// <summary>The controllers in one actor system that have not ended; the end of the system closes them, whatever runtimes made them.</summary>
/// <remarks>One for each system, because a task of Akka's coordinated shutdown is never given back.</remarks>
internal sealed class OpenControllers : IExtension
{
    private readonly ConcurrentDictionary<ControllerBase, Func<Task>> _open = [];

    public OpenControllers(ActorSystem system) =>
        CoordinatedShutdown.Get(system).AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "event-driven-actors", TerminateAllAsync);

    public static OpenControllers Of(ActorSystem system) => system.WithExtension<OpenControllers, OpenControllersProvider>();

    public void Add(ControllerBase controller, Func<Task> terminate) => _open[controller] = terminate;

    public void Remove(ControllerBase controller) => _open.TryRemove(controller, out _);

    private async Task<Akka.Done> TerminateAllAsync()
    {
        await Task.WhenAll(_open.Values.Select(terminate => terminate())).ConfigureAwait(false);
        return Akka.Done.Instance;
    }
}
