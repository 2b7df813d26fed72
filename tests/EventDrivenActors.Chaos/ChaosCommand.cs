using System.CommandLine;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.Chaos.Soaking;

namespace EventDrivenActors.Chaos;

/// <summary>The command line: one option a long run, which ends with the checker's line.</summary>
internal sealed class ChaosCommand : RootCommand
{
    /// <summary>The hidden command of a parent that is there to be killed.</summary>
    public const string ParentName = "parent";

    private readonly Option<double?> _soak = new("--soak")
    {
        Description = "A mixed load for so long, with a kill every 5 s.",
        HelpName = "MINUTES",
    };
    private readonly Option<int?> _kills = new("--kills")
    {
        Description = "So many loads of 1,000 events, each with a kill at a random point.",
        HelpName = "N",
    };
    private readonly Option<int?> _starts = new("--start-kills")
    {
        Description = "So many children, each killed at a random moment of its start.",
        HelpName = "N",
    };
    private readonly Option<int?> _cycles = new("--cycles")
    {
        Description = "So many starts and stops; descriptors, threads, processes and folders come back.",
        HelpName = "N",
    };
    private readonly Option<int?> _ends = new("--ends")
    {
        Description = "So many children and parents killed, held to the times of the contract: for a quiet machine.",
        HelpName = "N",
    };
    private readonly Option<string?> _threads = new("--threads")
    {
        Description = "So many threads that dispatch so many events each.",
        HelpName = "TxN",
    };
    private readonly Option<int?> _parentStop = new("--parent-stop")
    {
        Description = "The parent stands still for so long under load.",
        HelpName = "SECONDS",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<int?> _flood = new("--flood")
    {
        Description = "A child writes so many MiB of lines, and a line of 100 MiB.",
        HelpName = "MIB",
        Arity = ArgumentArity.ZeroOrOne,
    };
    private readonly Option<int> _seed = new("--seed")
    {
        Description = "Where the random choices start.",
        HelpName = "N",
        DefaultValueFactory = _ => 20261125,
    };

    public ChaosCommand()
        : base(
            "Kills, stops and fills child processes under load, records what happens, and checks it against the "
                + "contract. One run at a time."
        )
    {
        foreach (
            Option option in (Option[])[_soak, _kills, _starts, _cycles, _ends, _threads, _parentStop, _flood, _seed]
        )
        {
            Add(option);
        }

        Argument<string> notes = new("notes");
        Command parent = new(ParentName, "A parent that is there to be killed.") { notes };
        parent.Hidden = true;
        parent.SetAction((parsed, _) => ParentProgram.RunAsync(parsed.GetRequiredValue(notes)));
        Add(parent);
        SetAction((parsed, _) => RunAsync(parsed));
    }

    private async Task<int> RunAsync(ParseResult parsed)
    {
        int seed = parsed.GetValue(_seed);
        Task<Verdict>? run =
            parsed.GetValue(_soak) is { } minutes
                ? new SoakRun(TimeSpan.FromMinutes(minutes), seed).RunAsync(Console.WriteLine)
            : parsed.GetValue(_kills) is { } kills ? new KillRun(kills, events: 1_000, seed).RunAsync(Console.WriteLine)
            : parsed.GetValue(_starts) is { } starts ? new StartKillRun(starts, seed).RunAsync(Console.WriteLine)
            : parsed.GetValue(_cycles) is { } cycles ? new CycleRun(cycles).RunAsync(Console.WriteLine)
            : parsed.GetValue(_ends) is { } ends ? new EndTimesRun(ends).RunAsync(Console.WriteLine)
            : parsed.GetValue(_threads) is { } crowd ? Crowd(crowd).RunAsync()
            : parsed.GetResult(_parentStop) is not null
                ? new ParentStopRun(parsed.GetValue(_parentStop) ?? 20, events: 3_000).RunAsync(Console.WriteLine)
            : parsed.GetResult(_flood) is not null
                ? new FloodRun(parsed.GetValue(_flood) ?? 1024, endless: 100).RunAsync(Console.WriteLine)
            : null;
        if (run is null)
        {
            await Console.Error.WriteLineAsync("Name a run, such as --soak 10; --help lists them.");
            return 2;
        }

        Verdict verdict = await run;
        foreach (string reason in verdict.Reasons)
        {
            Console.WriteLine(reason);
        }

        Console.WriteLine(verdict);
        return verdict.IsClean ? 0 : 1;
    }

    private static ThreadRun Crowd(string text) =>
        text.Split('x') is [var threads, var events]
        && int.TryParse(threads, out int many)
        && int.TryParse(events, out int each)
            ? new ThreadRun(many, each)
            : throw new ArgumentException($"--threads is '{text}'; give two whole numbers, such as 100x10000.");
}
