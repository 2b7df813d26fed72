using Akka.Actor;
using Akka.Configuration;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;
using EventDrivenActors.TestKit.Loops;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// Runs programs, one after the other, each on the one thread of the pool. Call it from a thread that the pool does not
/// own.
/// </summary>
internal static class Simulator
{
    private const long MostSteps = 200_000;

    /// <summary>
    /// The longest time of a run on the real clock; a program that takes longer blocks the only thread.
    /// </summary>
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    private static ActorSystem? _system;

    /// <summary>Runs a program.</summary>
    /// <returns>The notes of the run, the same each time.</returns>
    public static IReadOnlyList<Note> Run(SimProgram program)
    {
        Collect(generation: 0);
        int collections = GC.CollectionCount(0);
        IReadOnlyList<Note> notes = RunOnce(program, out bool hadStrangers);
        if (hadStrangers || GC.CollectionCount(0) > collections)
        {
            Collect(GC.MaxGeneration);
            notes = RunOnce(program, out _);
        }

        return notes;
    }

    /// <summary>
    /// Collects garbage between two programs, so that the library logs the unobserved failures of earlier programs
    /// then. In the middle of a program they would change its order.
    /// </summary>
    private static void Collect(int generation)
    {
        GC.Collect(generation);
        GC.WaitForPendingFinalizers();
        if (_system is not null)
        {
            SpinWait.SpinUntil(() => ThreadPool.PendingWorkItemCount == 0);
            VirtualScheduler.Of(_system.Scheduler).Work.WaitUntilQuiet();
        }
    }

    private static IReadOnlyList<Note> RunOnce(SimProgram program, out bool hadStrangers)
    {
        if (program.Clients.SelectMany(client => client.Steps).Any(step => step.Kind == StepKind.EndSystem))
        {
            // Akka ends its actors in an order that depends on their names, and those on how many it has had.
            Forget();
        }

        if (_system is null)
        {
            _system = ActorSystem.Create("simulated", Settings);
            Run(_system, WarmUp.Program, out _);
        }

        IReadOnlyList<Note> notes = Run(_system, program, out hadStrangers);
        if (
            _system.WhenTerminated.IsCompleted
            || notes.Any(note => note.Kind == NoteKind.Broken && note.Text.StartsWith("P1 ", StringComparison.Ordinal))
        )
        {
            Forget();
        }

        return notes;
    }

    private static void Forget()
    {
        _ = _system?.Terminate();
        _system = null;
    }

    private static IReadOnlyList<Note> Run(ActorSystem system, SimProgram program, out bool hadStrangers)
    {
        VirtualScheduler scheduler = VirtualScheduler.Of(system.Scheduler);
        Random random = new(program.Seed);
        PoolPump pump = new(scheduler.Work, random, MostSteps);
        World world = new(program, system, scheduler.Time, scheduler.Work, pump, random);
        scheduler.Work.Broken = exception =>
            world.Scene.Broken("P5", $"Something that nobody awaits threw {Scene.Say(exception)}");
        Task? ran = null;
        Task ended = pump.RunAsync(() => ran = world.RunAsync());
        if (!((IAsyncResult)ended).AsyncWaitHandle.WaitOne(Longest))
        {
            throw new TimeoutException(
                $"The program of seed {program.Seed} blocks the only thread: it had not ended after "
                    + $"{Longest.TotalSeconds} s and {pump.Steps} "
                    + $"steps.{Environment.NewLine}{string.Join(Environment.NewLine, world.Scene.Notes.TakeLast(20))}"
            );
        }

        if (pump.IsGivenUp || ran is { IsFaulted: true })
        {
            world.Scene.Broken(
                "P1",
                pump.Steps > MostSteps ? $"The program has no end: it had made {MostSteps} steps."
                    : ran is { IsFaulted: true } ? $"The world broke: {ran.Exception!.InnerException}"
                    : "Nothing is left that could run, and the program waits."
            );
        }

        hadStrangers = pump.HadStrangers;
        return [.. world.Scene.Notes];
    }

    private static Config Settings { get; } =
        ConfigurationFactory
            .ParseString(
                """
                akka {
                  loggers = ["EventDrivenActors.Simulation.Worlds.SimLogger, EventDrivenActors.Simulation"]
                  loglevel = WARNING
                  stdout-loglevel = OFF
                }
                event-driven-actors.subprocess.link.join-after = infinite
                """
            )
            .WithFallback(
                ConfigurationFactory.FromResource("EventDrivenActors.TestKit.test.conf", typeof(PoolPump).Assembly)
            );
}
