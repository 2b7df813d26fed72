using EventDrivenActors.TestKit.Simulating;

namespace EventDrivenActors.TestKit;

/// <summary>One run of a program under the faults and in the order of a seed.</summary>
/// <remarks>
/// <see cref="ControllerTestKit.SimulateAsync"/> creates it. The program runs on one thread; use this object only
/// there.
/// </remarks>
public sealed class Simulation
{
    // The one thread of the run.
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
    /// The source of the program's own random choices. It gives the same numbers each time that the seed runs,
    /// whichever faults are left out.
    /// </summary>
    public Random Random { get; }

    /// <summary>
    /// The clock of the kit. It starts anew with each run, and moves by itself when nothing else can happen, so
    /// <c>await Task.Delay(time, simulation.Time)</c> completes.
    /// </summary>
    public VirtualTime Time { get; }

    internal IReadOnlyList<NamedCheck> EndChecks => _atEnd;

    /// <summary>
    /// Adds an invariant that must hold whenever nothing is left to run, until the program has ended and settled.
    /// </summary>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="holds">
    /// Returns whether it holds. It runs between two turns, so it can read the state of controllers; it must not wait
    /// or dispatch.
    /// </param>
    public void Always(string name, Func<bool> holds) => _always.Add(NamedCheck.Of(name, holds));

    /// <inheritdoc cref="Always(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">Throws if it does not hold, as an assertion does.</param>
    public void Always(string name, Action check) => _always.Add(NamedCheck.Of(name, check));

    /// <summary>Adds an invariant that must hold when the program has ended and everything has settled.</summary>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="holds">Returns whether it holds.</param>
    public void AtEnd(string name, Func<bool> holds) => _atEnd.Add(NamedCheck.Of(name, holds));

    /// <inheritdoc cref="AtEnd(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">Throws if it does not hold, as an assertion does.</param>
    public void AtEnd(string name, Action check) => _atEnd.Add(NamedCheck.Of(name, check));

    /// <inheritdoc cref="AtEnd(string, Func{bool})"/>
    /// <param name="name">The invariant, as a sentence; failures name it.</param>
    /// <param name="check">
    /// Throws if it does not hold. It may dispatch events to controllers and await their results.
    /// </param>
    public void AtEnd(string name, Func<Task> check) => _atEnd.Add(NamedCheck.Of(name, check));

    /// <summary>
    /// Waits, while the clock moves, until each running controller is idle: no event is queued, no handler runs or
    /// awaits something, and no event is in a child.
    /// </summary>
    /// <returns>
    /// A task that completes then. It does not wait for armed timers; if it should, await a long enough delay first.
    /// </returns>
    public Task SettleAsync() => _settle();

    /// <summary>Checks the invariants.</summary>
    /// <returns>The failure of the first one that does not hold; null if all hold.</returns>
    internal Broken? FindBroken() => _always.Select(check => check.Find()).FirstOrDefault(broken => broken is not null);
}
