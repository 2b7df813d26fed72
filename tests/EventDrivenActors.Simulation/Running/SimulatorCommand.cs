using System.CommandLine;
using System.Globalization;
using System.Security.Cryptography;
using EventDrivenActors.Simulation.Planted;

namespace EventDrivenActors.Simulation.Running;

/// <summary>
/// The command line. Its actions run on the main thread: the pool's only one belongs to the simulated world.
/// </summary>
internal sealed class SimulatorCommand : RootCommand
{
    private const int FixedSeeds = 2_000;
    private const int FreshSeeds = 500;

    private readonly Option<double?> _minutes = new("--minutes") { Description = "For how long.", HelpName = "N" };
    private readonly Option<int?> _programs = new("--programs")
    {
        Description = "How many programs at most.",
        HelpName = "N",
    };
    private readonly Option<int?> _from = new("--from")
    {
        Description = "The first seed; a random one without it.",
        HelpName = "SEED",
    };
    private readonly Option<bool> _real = new("--real")
    {
        Description = "On real threads and processes, by the real clock.",
    };
    private readonly Option<int> _jobs = new("--jobs")
    {
        Description = "In so many processes that share the seeds.",
        HelpName = "N",
        DefaultValueFactory = _ => 1,
    };
    private readonly Option<int> _seeds = new("--seeds")
    {
        Description = "How many seeds.",
        HelpName = "N",
        DefaultValueFactory = _ => 500,
    };
    private readonly Option<int> _budget = new("--shrink")
    {
        Description = "How many runs the shrinking of a failure may take.",
        HelpName = "N",
        DefaultValueFactory = _ => 1_000,
    };
    private readonly Option<bool> _first = new("--first") { Description = "Ends with the first failure." };
    private readonly Option<string> _failures = new("--failures")
    {
        Description = "Where the programs of failures go.",
        HelpName = "FOLDER",
        DefaultValueFactory = _ => Path.Combine(Path.GetTempPath(), "simulation-failures"),
    };

    private readonly Option<string?> _traces = new("--traces")
    {
        Description = "Where each trace is written, to compare processes.",
        HelpName = "FOLDER",
    };
    private readonly Option<string?> _share = new("--share") { Hidden = true };
    private readonly Option<string?> _skip = new("--skip") { Hidden = true };
    private readonly Option<string?> _result = new("--result") { Hidden = true };

    public SimulatorCommand()
        : base(
            "Runs random whole programs, each from a seed, in a simulated world, and checks what happens against the "
                + "contract."
        )
    {
        Option[] common = [_real, _jobs, _budget, _first, _failures, _share, _skip, _result];
        Command explore = Make(
            "explore",
            "Runs programs until the time is over.",
            parsed => Explore(parsed, Range(parsed)),
            [_minutes, _programs, _from, .. common]
        );
        Command suite = Make(
            "suite",
            $"Runs {FixedSeeds} fixed seeds and {FreshSeeds} fresh ones.",
            Suite,
            [_from, .. common]
        );
        Command same = Make(
            "same",
            "Runs each seed twice and compares the traces.",
            parsed =>
                SameRuns.Run(
                    new SeedRange(parsed.GetValue(_from) ?? 1, parsed.GetValue(_seeds)),
                    parsed.GetValue(_traces)
                ),
            [_seeds, _from, _traces]
        );
        Argument<string> what = new("what") { Description = "A seed, or the file of a shrunk program." };
        Command replay = Make(
            "replay",
            "Runs one program and prints all of it.",
            parsed => Real(parsed) ?? Replay.Run(parsed.GetRequiredValue(what), parsed.GetValue(_real)),
            [_real]
        );
        replay.Add(what);
        Argument<string[]> names = new("names")
        {
            Description = "The patches; all without it.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        Option<int> most = new("--programs")
        {
            Description = "How many programs at most for each.",
            HelpName = "N",
            DefaultValueFactory = _ => PlantedCommand.MostPrograms,
        };
        Command planted = Make(
            "planted",
            "Plants each fault in a copy of the sources, and explores until it is found.",
            parsed =>
                new PlantedCommand(parsed.GetValue(most), parsed.GetValue(_jobs)).Run(parsed.GetValue(names) ?? []),
            [most, _jobs]
        );
        planted.Add(names);
        foreach (Command command in (Command[])[explore, suite, same, replay, planted])
        {
            Add(command);
        }
    }

    private static Command Make(string name, string description, Func<ParseResult, int> action, Option[] options)
    {
        Command command = new(name, description);
        Array.ForEach(options, command.Add);
        command.SetAction(action);
        return command;
    }

    private SeedRange Range(ParseResult parsed) =>
        new(parsed.GetValue(_from) ?? RandomNumberGenerator.GetInt32(int.MaxValue), parsed.GetValue(_programs));

    private int Suite(ParseResult parsed)
    {
        int fresh = parsed.GetValue(_from) ?? RandomNumberGenerator.GetInt32(int.MaxValue / 2);
        return Explore(parsed, new SeedRange(1, FixedSeeds), new SeedRange(fresh, FreshSeeds));
    }

    private int Explore(ParseResult parsed, params SeedRange[] ranges)
    {
        if (Real(parsed) is { } ended)
        {
            return ended;
        }

        bool isJob = parsed.GetValue(_share) is not null;
        if (!isJob)
        {
            Console.WriteLine($"seeds from {string.Join(" and from ", ranges.Select(range => range.From))}");
        }

        int programs;
        int broken;
        if (parsed.GetValue(_jobs) is > 1 and int jobs && !isJob)
        {
            (programs, broken) = Jobs.Run(
                [.. Words(parsed), "--from", ranges[^1].From.ToString(CultureInfo.InvariantCulture)],
                jobs
            );
        }
        else
        {
            bool isReal = parsed.GetValue(_real);
            int[] share =
            [
                .. (parsed.GetValue(_share) ?? "0/1")
                    .Split('/')
                    .Select(part => int.Parse(part, CultureInfo.InvariantCulture)),
            ];
            Explorer explorer = new(
                new HandOver(parsed.GetRequiredValue(_failures), isReal, parsed.GetValue(_budget)),
                isReal,
                parsed.GetValue(_first)
            );
            TimeSpan? time =
                parsed.CommandResult.Command.Name == "explore" && parsed.GetValue(_minutes) is { } minutes
                    ? TimeSpan.FromMinutes(minutes)
                    : null;
            HashSet<int> skipped = parsed.GetValue(_skip) is { } skip
                ? [.. File.ReadAllLines(skip).Select(line => int.Parse(line, CultureInfo.InvariantCulture))]
                : [];
            explorer.Explore(
                ranges.SelectMany(range => range.Share(share[0], share[1])).Where(seed => !skipped.Contains(seed)),
                new TimeLimit(time)
            );
            (programs, broken) = (explorer.Programs, explorer.Broken);
            if (parsed.GetValue(_result) is { } result)
            {
                Jobs.Write(result, explorer);
            }
        }

        if (!isJob)
        {
            Console.WriteLine($"{programs} programs: {broken} broken");
        }

        return broken == 0 ? 0 : 1;
    }

    /// <summary>Starts this program again where real runs need a pool with more threads than one.</summary>
    private int? Real(ParseResult parsed)
    {
        if (!parsed.GetValue(_real) || SelfProcess.HasPool)
        {
            return null;
        }

        using System.Diagnostics.Process process = SelfProcess.Start(
            parsed.Tokens.Select(token => token.Value),
            isReal: true
        );
        process.WaitForExit();
        return process.ExitCode;
    }

    /// <summary>
    /// The arguments of each job: all arguments of this process but the first seed, which each job gets anew.
    /// </summary>
    private static IEnumerable<string> Words(ParseResult parsed)
    {
        string[] all = [.. parsed.Tokens.Select(token => token.Value)];
        return all.Where((word, index) => word is not "--from" && (index == 0 || all[index - 1] is not "--from"));
    }
}
