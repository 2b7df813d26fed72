using AssemblyCensus.Engines;
using AssemblyCensus.Running;
using Spectre.Console;

namespace AssemblyCensus.Reporting;

/// <summary>Draws where a run stands: one row a child, one for all, and a bar.</summary>
internal static class ProgressTable
{
    public static Table Of(ProgressSnapshot now)
    {
        Table table = new Table().RoundedBorder().Caption(ProgressBar.Of(now)).AddColumn("child");
        foreach (string name in (string[])["pid", "done", "failed", "events/s", "restarts"])
        {
            table.AddColumn(new TableColumn(name).RightAligned());
        }

        foreach (ChildStatistics child in now.Children)
        {
            table.AddRow(
                $"{child.Number}",
                child.ProcessId?.ToString() ?? "starting",
                $"{child.Done:N0}",
                string.Empty,
                $"{child.EventsPerSecond:N0}",
                $"{child.Restarts}"
            );
        }

        return table.AddRow(
            now.IsStopping ? "all, draining" : "all",
            string.Empty,
            $"{now.Done:N0} of {now.Total:N0}",
            $"{now.Failed:N0}",
            $"{now.EventsPerSecond:N0}",
            $"{now.Children.Sum(child => child.Restarts)}"
        );
    }
}
