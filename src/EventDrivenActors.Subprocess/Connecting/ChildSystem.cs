using Akka.Actor;

namespace EventDrivenActors.Subprocess.Connecting;

/// <summary>
/// The actor system in which a child's program runs. It is booted after the first calls, or earlier when code asks for
/// it, since it takes as long as all the rest of a start.
/// </summary>
internal sealed class ChildSystem
{
    private readonly Task<ActorSystem>? _boot;

    // Any thread, by interlocked operations.
    private int _begun;

    /// <param name="boot">Boots it, on a thread of its own.</param>
    public ChildSystem(Func<ActorSystem> boot)
    {
        _boot = new Task<ActorSystem>(boot, TaskCreationOptions.LongRunning);
        Booted = _boot;
    }

    /// <param name="booted">One that somebody else boots.</param>
    public ChildSystem(Task<ActorSystem> booted) => Booted = booted;

    /// <summary>Completes when it has booted.</summary>
    public Task<ActorSystem> Booted { get; }

    /// <summary>Begins to boot it, unless that was done.</summary>
    public Task<ActorSystem> BootAsync()
    {
        if (Interlocked.Exchange(ref _begun, 1) == 0)
        {
            _boot?.Start(TaskScheduler.Default);
        }

        return Booted;
    }
}
