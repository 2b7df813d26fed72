using AssemblyCensus.Engines;
using AssemblyCensus.Feeding;
using AssemblyCensus.Options;
using AssemblyCensus.Reporting;
using AssemblyCensus.Running;

namespace AssemblyCensus;

/// <summary>The program after its options: find, read, show, report.</summary>
internal static class CensusProgram
{
    public static async Task<int> RunAsync(CensusOptions options)
    {
        try
        {
            return await CountAsync(options, TimeProvider.System);
        }
        catch (CensusException exception)
        {
            await Console.Error.WriteLineAsync(exception.Message);
            return ExitCodes.BadOptions;
        }
    }

    private static async Task<int> CountAsync(CensusOptions options, TimeProvider time)
    {
        IReadOnlyList<CensusItem> plan = CensusPlan.Build(
            AssemblyFiles.Find(options.Path, options.Limit),
            options.Sabotage
        );
        ICensusView view = CensusViews.ForConsole(time, options.Verbose);
        using DrainSignal drain = new DrainSignal(options.Deadline, time);
        await using ICensusEngine engine = CensusEngines.Create(options, time);

        view.Line(
            $"Reading {plan.Count(item => item.Sabotage is null):N0} files under {options.Path}, {engine.Description}."
        );
        CensusProgress progress = new CensusProgress(plan.Count, engine, drain, time);
        Task<CensusReport> run = new CensusRun(options, engine, plan, drain, progress, time).ExecuteAsync();
        await view.FollowAsync(run, progress.Look);

        CensusReport report = await run;
        ReportPrinter.Print(view, report, options.Verbose);
        return options.Json is null || JsonReport.TryWrite(options.Json, report, Console.Error)
            ? report.ExitCode
            : ExitCodes.Incomplete;
    }
}
