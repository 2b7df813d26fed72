using Akka.Actor;
using EventDrivenActors.TestKit.Children;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.TestKit.Recording;

namespace EventDrivenActors.TestKit.Simulating;

/// <summary>
/// Runs a program once, on one thread: its controllers, its children and its own code, with the faults and in the order
/// of a case.
/// </summary>
/// <remarks>All members but <see cref="RunAsync"/> are called on that thread.</remarks>
internal sealed partial class SimulatedRun
{
    /// <summary>The longest virtual time in which all controllers end, with a margin.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan AnswerTime = TimeSpan.FromSeconds(1);
    private readonly EventJournals _journals;
    private readonly ActorSystem _system;
    private readonly SimulationCase _plan;
    private readonly SimulationOptions _options;
    private readonly SeededFaults _faults;
    private readonly MomentFaults _moments;
    private readonly TurnOrder _order;
    private readonly SeededPump _pump;
    private readonly Random _random;

    // The pump's thread, and the thread of a step while the pump's waits for it.
    private readonly List<(SubprocessAdapter Adapter, SimulatedChildren Children)> _children = [];
    private readonly Queue<TaskCompletionSource> _settling = [];
    private TimeSpan? _limit;
    private Broken? _broken;

    // Under its own lock; the end of the run reads it without.
    private readonly List<(int Number, string Says)> _happened = [];

    // Written by the pump's thread; read by any thread.
    private volatile bool _isEnding;

    public SimulatedRun(
        EventJournals journals,
        ActorSystem system,
        SimulationCase plan,
        SimulationOptions options,
        PoolShare share
    )
    {
        _journals = journals;
        _system = system;
        _plan = plan;
        _options = options;
        _faults = new SeededFaults(plan.Seed, options);
        _moments = new MomentFaults(_faults.OfMoments().Where(fault => IsPlanned(fault.Number)));
        _order = new TurnOrder(plan, options.Interleavings);
        _random = options.Interleavings && plan.Pieces ? Chance.RandomAt(plan.Seed, -1) : new PlainRandom();
        _limit = TimeOption.Limit(options.TimeLimit);
        _pump = new SeededPump(journals.Work, _order.Choose, share)
        {
            MostSteps = options.StepLimit,
            OnQuiet = LookAtInvariants,
            OnStandstill = GoOn,
        };
        Simulation = new Simulation(plan.Seed, journals.Time, SettleAsync);
    }

    public Simulation Simulation { get; }

    /// <summary>Makes an adapter start simulated children, unless its options name a launcher.</summary>
    public void Attach(SubprocessAdapter adapter)
    {
        if (!_options.SimulateChildren || adapter.Options.Launcher is not null)
        {
            return;
        }

        (int Number, SimulatedFault Fault)[] faults =
        [
            .. _faults.OfChildren(_children.Count).Where(fault => IsPlanned(fault.Number)),
        ];
        SimulatedChildren children = new(_journals.Work, _journals.Time, _system, _random)
        {
            Trace = line => AddNote($"{_journals.NameOf(adapter)}: {line}"),
            Happened = happened =>
                AddHappened(
                    faults.First(fault => ReferenceEquals(fault.Fault, happened)).Number,
                    $"a child of '{_journals.NameOf(adapter)}' {happened}"
                ),
        };
        Array.ForEach(faults, fault => children.Add(fault.Fault));
        children.Attach(adapter.Options);
        _children.Add((adapter, children));
    }

    /// <summary>Runs a program, and ends everything that it has created.</summary>
    /// <param name="program">The program.</param>
    /// <param name="end">Ends all controllers.</param>
    /// <returns>The end of the run.</returns>
    public async Task<SimulatedEnd> RunAsync(Func<Simulation, Task> program, Func<Task> end)
    {
        TaskCompletionSource<SimulatedEnd> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _journals.Work.Pump = _pump;
        Thread thread = new(() => done.SetResult(Run(program, end))) { IsBackground = true, Name = "simulation" };
        thread.UnsafeStart();
        for (long before = -1; ;)
        {
            try
            {
                return await done.Task.WaitAsync(_journals.Work.QuietLimit).ConfigureAwait(false);
            }
            catch (TimeoutException)
            {
                long steps = _pump.Steps;
                if (steps == before)
                {
                    _pump.Abandon();
                    return new SimulatedEnd(
                        Broken.OfBlocking(_journals.Work.QuietLimit, _journals.Describe()),
                        [],
                        [],
                        _journals.DescribeOrder()
                    );
                }

                before = steps;
            }
        }
    }

    private SimulatedEnd Run(Func<Simulation, Task> program, Func<Task> end)
    {
        try
        {
            if (_pump.Run(() => RunProgramAsync(program)) is null)
            {
                _broken ??=
                    _pump.Steps >= _pump.MostSteps
                        ? Broken.OfEndless(_pump.Steps, _journals.Describe())
                        : Hang("the program still waits");
            }

            string order = _journals.DescribeOrder();
            _isEnding = true;
            _order.IsPlain = true;
            _pump.MostSteps = _pump.Steps + _options.StepLimit;
            _limit = _journals.Time.GetElapsedTime(0) + EndTime;
            Task? ended = _pump.Run(() => EndAsync(end));
            _broken ??=
                ended is null ? Hang("the controllers or their children have not ended")
                : ended.Exception is { InnerException: { } failure } ? Broken.OfProgram(failure)
                : null;
            return new SimulatedEnd(_broken, [.. _happened], [.. _order.Deviations], order);
        }
        catch (Exception exception)
        {
            return new SimulatedEnd(
                Broken.OfProgram(exception),
                [.. _happened],
                [.. _order.Deviations],
                _journals.DescribeOrder()
            );
        }
        finally
        {
            _pump.Close();
        }
    }

    private async Task RunProgramAsync(Func<Simulation, Task> program)
    {
        try
        {
            await program(Simulation).ConfigureAwait(true);
        }
        catch (Exception exception)
        {
            // A program that was given up may fail when its controllers end; the first failure counts.
            _broken ??= Broken.OfProgram(exception);
            return;
        }

        await SettleAsync().ConfigureAwait(true);
        foreach (NamedCheck check in Simulation.EndChecks)
        {
            _broken ??= await check.FindAsync().ConfigureAwait(true);
        }
    }

    /// <summary>Ends all controllers, and waits until their children have ended too.</summary>
    private async Task EndAsync(Func<Task> end)
    {
        _settling.Clear();
        await end().ConfigureAwait(true);
        await SettleAsync().ConfigureAwait(true);
    }
}
