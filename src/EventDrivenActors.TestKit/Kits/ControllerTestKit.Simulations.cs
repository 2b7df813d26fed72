using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Simulating;

namespace EventDrivenActors.TestKit;

public partial class ControllerTestKit
{
    private SimulatedRun? _run;
    private bool _isWarm;

    /// <summary>
    /// Runs a program once for each of many seeds, which choose what goes wrong and in which order things happen, until
    /// an invariant of the program is broken.
    /// </summary>
    /// <param name="seeds">How many seeds, from <see cref="SimulationOptions.FirstSeed"/> on.</param>
    /// <param name="program">
    /// Makes the controllers, says what is to hold (<see cref="Simulation.Always(string, Func{bool})"/>,
    /// <see cref="Simulation.AtEnd(string, Func{bool})"/>), and does what users would. <see cref="Runtime"/> is a new
    /// one for each run, and ends with all that it has made. The program, all controllers and all children run on one
    /// thread and on virtual time, which moves when nothing else can happen. The program must not block, and what it
    /// uses from outside, such as files, is not waited for.
    /// </param>
    /// <param name="configure">Sets options.</param>
    /// <returns>Completes when no seed has broken anything.</returns>
    /// <exception cref="SimulationException">
    /// An invariant was broken, the program failed or did not end, or a failure went unobserved. Of the faults and of
    /// the order the exception has those that are needed for it.
    /// </exception>
    /// <remarks>
    /// Children that the program's controllers add are simulated: the real worker and the real link, over bytes in
    /// memory. A seed lets them die, freeze, be late or fail to start, and events that run in them end as the contract
    /// says, such as with <see cref="ChildLostException"/>; a program that does not expect that fails.
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
    /// <param name="replay"><see cref="SimulationException.Replay"/>, or a seed in digits for all that it does.</param>
    /// <param name="program">The program.</param>
    /// <param name="configure">Sets the options that the failure was found with.</param>
    /// <returns>Completes when it has broken nothing.</returns>
    /// <exception cref="SimulationException">As in <see cref="SimulateAsync"/>.</exception>
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

    /// <summary>Runs a case; all that it has made has ended when this completes.</summary>
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
    /// What the actor system still does by itself ends before the pool has one thread, on which this waits for it.
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
