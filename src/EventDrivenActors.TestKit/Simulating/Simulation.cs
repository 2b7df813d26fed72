using EventDrivenActors.TestKit.Simulating;

namespace EventDrivenActors.TestKit;

/// <summary>One run of a program under the faults and in the order of a seed.</summary>
/// <remarks>
/// Made by <see cref="ControllerTestKit.SimulateAsync"/>. All of the program runs on one thread; use it there only.
/// </remarks>
public sealed class Simulation
{
    private readonly List<NamedCheck> _always = [];
    private readonly List<NamedCheck> _atEnd = [];
    private readonly Func<Task> _settle;

    internal Simulation(int seed, VirtualTime time, Func<Task> settle)
    {
        Seed = seed;
        Time = time;
        Random = new Random(seed);
        _settle = settle;
    }

    /// <summary>The seed of the run.</summary>
    public int Seed { get; }

    /// <summary>
    /// Chance for the program's own choices: the same numbers each time that the seed runs, whichever faults are left
    /// out.
    /// </summary>
    public Random Random { get; }

    /// <summary>
    /// The clock of the kit. It starts anew with each run, and moves by itself when nothing else can happen, so that
    /// <c>await Task.Delay(time, simulation.Time)</c> ends.
    /// </summary>
    public VirtualTime Time { get; }

    internal IReadOnlyList<NamedCheck> EndChecks => _atEnd;

    /// <summary>
    /// Adds an invariant that is to hold at each instant at which nothing is left to run, until the program has ended
    /// and settled.
    /// </summary>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="holds">Whether it holds. It runs between two turns, so it may read the state of controllers; it
    /// must not wait or dispatch.</param>
    public void Always(string name, Func<bool> holds) => _always.Add(NamedCheck.Of(name, holds));

    /// <inheritdoc cref="Always(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">Throws if it does not hold; assertions do.</param>
    public void Always(string name, Action check) => _always.Add(NamedCheck.Of(name, check));

    /// <summary>Adds an invariant that is to hold when the program has ended and everything has settled.</summary>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="holds">Whether it holds.</param>
    public void AtEnd(string name, Func<bool> holds) => _atEnd.Add(NamedCheck.Of(name, holds));

    /// <inheritdoc cref="AtEnd(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">Throws if it does not hold; assertions do.</param>
    public void AtEnd(string name, Action check) => _atEnd.Add(NamedCheck.Of(name, check));

    /// <inheritdoc cref="AtEnd(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">Throws if it does not hold. It may ask controllers, and await what they answer.</param>
    public void AtEnd(string name, Func<Task> check) => _atEnd.Add(NamedCheck.Of(name, check));

    /// <summary>
    /// Waits, while the clock moves, until each controller that runs is idle: it has nothing queued, no handler runs or
    /// waits, and no event is in its child.
    /// </summary>
    /// <returns>
    /// Completes then. Timers that are armed are not waited for; await a delay of the length that they need before.
    /// </returns>
    public Task SettleAsync() => _settle();

    /// <summary>Looks at the invariants.</summary>
    /// <returns>The first one that does not hold.</returns>
    internal Broken? FindBroken() => _always.Select(check => check.Find()).FirstOrDefault(broken => broken is not null);
}
