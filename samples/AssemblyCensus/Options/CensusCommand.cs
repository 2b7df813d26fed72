using System.CommandLine;

namespace AssemblyCensus.Options;

/// <summary>The command line: its options, their checks, and how they become <see cref="CensusOptions"/>.</summary>
internal sealed class CensusCommand : RootCommand
{
    private readonly Option<string> _path = new("--path")
    {
        Description = "The folder whose .dll files are read.",
        HelpName = "DIR",
        DefaultValueFactory = _ => PackageCache.Folder,
    };

    private readonly Option<int> _children = OptionChecks.WholeNumber(
        "--children",
        "N",
        "How many child processes.",
        2,
        1,
        64
    );
    private readonly Option<int> _workers = OptionChecks.WholeNumber(
        "--workers",
        "N",
        "How many workers in each child.",
        1,
        1,
        64
    );
    private readonly Option<bool> _spare = new("--spare")
    {
        Description = "Keep a second process ready for each child, which takes over when that dies.",
    };
    private readonly Option<int?> _limit = OptionChecks.OptionalWholeNumber(
        "--limit",
        "N",
        "Read only the first N files.",
        1,
        int.MaxValue
    );
    private readonly Option<string?> _json = new("--json")
    {
        Description = "Also write the report to this file.",
        HelpName = "FILE",
    };
    private readonly Option<bool> _sabotage = new("--sabotage")
    {
        Description = "Mix in events that throw, exit, overflow the stack and never return.",
    };
    private readonly Option<bool> _inProcess = new("--in-process")
    {
        Description = "Read in one plain loop in this process, without children.",
    };
    private readonly Option<bool> _verbose = new("--verbose")
    {
        Description =
            "Also show what the children write and the library logs, among plain lines, and list every file that is "
            + "no ordinary assembly.",
    };
    private readonly Option<int> _deadline = OptionChecks.WholeNumber(
        "--deadline",
        "SECONDS",
        "How long Ctrl-C waits for what is in flight.",
        10,
        1,
        3600
    );

    public CensusCommand(Func<CensusOptions, Task<int>> run)
        : base("Counts what is in the assemblies under a folder, and lets supervised child processes do the reading.")
    {
        OptionChecks.ExistingFolder(_path);
        OptionChecks.WritableFile(_json);
        foreach (
            Option option in (Option[])
                [_path, _children, _workers, _spare, _limit, _json, _sabotage, _inProcess, _deadline, _verbose]
        )
        {
            Add(option);
        }

        Validators.Add(result =>
        {
            if (result.GetValue(_sabotage) && result.GetValue(_inProcess))
            {
                result.AddError(
                    "--sabotage needs child processes, because in this process it would end the census itself; leave "
                        + "out --in-process."
                );
            }
        });
        SetAction((parsed, _) => run(Read(parsed)));
    }

    /// <summary>Takes the options from a parse result without errors.</summary>
    internal CensusOptions Read(ParseResult parsed) =>
        new()
        {
            Path = Path.GetFullPath(parsed.GetRequiredValue(_path)),
            Children = parsed.GetValue(_children),
            Workers = parsed.GetValue(_workers),
            Spare = parsed.GetValue(_spare),
            Limit = parsed.GetValue(_limit),
            Json = parsed.GetValue(_json),
            Sabotage = parsed.GetValue(_sabotage),
            InProcess = parsed.GetValue(_inProcess),
            Verbose = parsed.GetValue(_verbose),
            Deadline = TimeSpan.FromSeconds(parsed.GetValue(_deadline)),
        };
}
