using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Simulating;

namespace EventDrivenActors.TestKit;

public partial class ControllerTestKit
{
    // Written by the test between two runs; read by any thread that creates a controller.
    private SimulatedRun? _run;

    // The test.
    private bool _isWarm;

    /// <summary>
    /// Runs a program once per seed, until a run fails. The seed chooses which faults happen and in which order things
    /// happen.
    /// </summary>
    /// <param name="seeds">The number of seeds, starting at <see cref="SimulationOptions.FirstSeed"/>.</param>
    /// <param name="program">
    /// Creates the controllers, states the invariants (<see cref="Simulation.Always(string, Func{bool})"/>,
    /// <see cref="Simulation.AtEnd(string, Func{bool})"/>), and does what users would do. <see cref="Runtime"/> is a
    /// new one for each run, and ends with everything that it has created. The program, all controllers and all
    /// children run on one thread and on virtual time, which moves when nothing else can happen. The program must not
    /// block. Virtual time does not wait for anything from outside, such as files.
    /// </param>
    /// <param name="configure">Sets options.</param>
    /// <returns>A task that completes when no seed has failed.</returns>
    /// <exception cref="SimulationException">
    /// An invariant was broken, the program failed or did not end, or a failure went unobserved. The exception lists
    /// the faults and the turns out of order that were left after shrinking.
    /// </exception>
    /// <remarks>
    /// Children that the program's controllers add are simulated: the real child program and the real link, over bytes
    /// in memory. A seed makes them die, freeze, answer late or fail to start. Events that run in them then end as the
    /// contract says, for example with <see cref="ChildLostException"/>; a program that does not expect this fails.
    /// </remarks>
    public async Task SimulateAsync(
        int seeds,
        Func<Simulation, Task> program,
        Action<SimulationOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(program);
        SimulationOptions options = Simulated(configure);
        using PoolShare share = await TakeShareAsync().ConfigureAwait(false);
        for (int i = 0; i < seeds; i++)
        {
            SimulationCase plan = new(unchecked(options.FirstSeed + i));
            SimulatedEnd end = await RunOnceAsync(plan, program, options, share).ConfigureAwait(false);
            if (end.Broken is not null)
            {
                CaseShrinker shrinker = new(
                    smaller => RunOnceAsync(smaller, program, options, share),
                    options.ShrinkLimit
                );
                await shrinker.ShrinkAsync(plan, end).ConfigureAwait(false);
                throw FailedRun.Describe(shrinker.Best, shrinker.End, end, shrinker.Runs);
            }
        }
    }

    /// <summary>Runs exactly the run that a failure of <see cref="SimulateAsync"/> names.</summary>
    /// <param name="replay"><see cref="SimulationException.Replay"/>, or a seed in digits for its whole run.</param>
    /// <param name="program">The program.</param>
    /// <param name="configure">Sets the options with which the failure was found.</param>
    /// <returns>A task that completes when the run has not failed.</returns>
    /// <exception cref="SimulationException">The run failed, as in <see cref="SimulateAsync"/>.</exception>
    /// <exception cref="ArgumentException"><paramref name="replay"/> names no run.</exception>
    public async Task ReplaySimulationAsync(
        string replay,
        Func<Simulation, Task> program,
        Action<SimulationOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(program);
        SimulationCase plan = SimulationCase.Parse(replay);
        using PoolShare share = await TakeShareAsync().ConfigureAwait(false);
        SimulatedEnd end = await RunOnceAsync(plan, program, Simulated(configure), share).ConfigureAwait(false);
        if (end.Broken is not null)
        {
            throw FailedRun.Describe(plan, end, end, 0);
        }
    }

    /// <summary>Runs a case. Everything that it has created has ended when this completes.</summary>
    internal async Task<SimulatedEnd> RunOnceAsync(
        SimulationCase plan,
        Func<Simulation, Task> program,
        SimulationOptions options,
        PoolShare share
    )
    {
        if (!_isWarm)
        {
            _isWarm = true;
            await RunOnceAsync(
                    new SimulationCase(0, [], [], Pieces: false),
                    simulation => WarmUp.RunAsync(Runtime, simulation),
                    new SimulationOptions(),
                    share
                )
                .ConfigureAwait(false);
        }

        await EndAsync().ConfigureAwait(false);
        await QuietAsync().ConfigureAwait(false);
        Time.StartOver();
        _journals.Clear();
        _runtimes.Clear();
        SimulatedRun run = new(_journals, Sys, plan, options, share);
        _run = run;
        _journals.WatchesSent = true;
        Runtime = CreateRuntime();
        SimulatedEnd end = await run.RunAsync(
                program,
                () => Task.WhenAll(_runtimes.Select(runtime => runtime.AbortAsync()))
            )
            .ConfigureAwait(false);
        _run = null;
        _journals.WatchesSent = false;
        await EndAsync().ConfigureAwait(false);
        KitFinding[] findings = FailingFindings();
        return end.Broken is null && findings.Length > 0 ? end with { Broken = Broken.OfFindings(findings) } : end;
    }

    /// <summary>
    /// Waits until the actor system is quiet before it takes the share, because the pool has only one free thread then.
    /// </summary>
    private async Task<PoolShare> TakeShareAsync()
    {
        if (_run is not null)
        {
            throw new InvalidOperationException(
                "A program that is simulated cannot simulate another one; do it in the test."
            );
        }

        await QuietAsync().ConfigureAwait(false);
        return await PoolShare.TakeAsync().ConfigureAwait(false);
    }

    private static SimulationOptions Simulated(Action<SimulationOptions>? configure)
    {
        SimulationOptions options = new();
        configure?.Invoke(options);
        return options;
    }
}
