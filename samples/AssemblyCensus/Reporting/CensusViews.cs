using Spectre.Console;

namespace AssemblyCensus.Reporting;

/// <summary>Chooses the view for where the output goes.</summary>
internal static class CensusViews
{
    public static ICensusView ForConsole(TimeProvider time, bool verbose)
    {
        Capabilities can = AnsiConsole.Profile.Capabilities;
        return !verbose && can.Interactive && can.Ansi && !Console.IsOutputRedirected
            ? new LiveView(AnsiConsole.Console, time)
            : new PlainView(Console.Out, time, verbose);
    }
}
