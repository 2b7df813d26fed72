using System.Collections.Concurrent;
using Akka.Actor;

namespace EventDrivenActors.Controllers;

/// <summary>
/// The controllers in one actor system that have not ended; the end of the system closes them, whatever runtimes made
/// them.
/// </summary>
/// <remarks>One for each system, because a task of Akka's coordinated shutdown is never given back.</remarks>
internal sealed class OpenControllers : IExtension
{
    // Any thread. Each with its number, because they end in the order in which they were made.
    private readonly ConcurrentDictionary<ControllerBase, long> _open = [];

    // Any thread; interlocked.
    private long _added;

    // Any thread. Set once, when the system is attached; volatile.
    private ActorSystem? _system;

    public IEnumerable<ControllerBase> InOrder => _open.ToArray().OrderBy(one => one.Value).Select(one => one.Key);

    public static OpenControllers Of(ActorSystem system) =>
        system.WithExtension<OpenControllers, OpenControllersProvider>();

    /// <summary>Makes the end of the system that of the controllers. Called once.</summary>
    public void Attach(ActorSystem system)
    {
        Volatile.Write(ref _system, system);
        CoordinatedShutdown
            .Get(system)
            .AddTask(CoordinatedShutdown.PhaseBeforeServiceUnbind, "event-driven-actors", TerminateAllAsync);

        // A system may end without its coordinated shutdown, and a controller without an actor does not see that.
        _ = system.WhenTerminated.ContinueWith(
            _ => TerminateAllAsync(),
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default
        );
    }

    public void Add(ControllerBase controller)
    {
        _open[controller] = Interlocked.Increment(ref _added);
        if (Volatile.Read(ref _system) is { WhenTerminated.IsCompleted: true })
        {
            _ = controller.TerminateAsync();
        }
    }

    public void Remove(ControllerBase controller) => _open.TryRemove(controller, out _);

    private async Task<Akka.Done> TerminateAllAsync()
    {
        await Task.WhenAll(InOrder.Select(controller => controller.TerminateAsync())).ConfigureAwait(false);
        return Akka.Done.Instance;
    }
}
