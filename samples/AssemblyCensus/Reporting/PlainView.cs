using AssemblyCensus.Engines;
using AssemblyCensus.Running;

namespace AssemblyCensus.Reporting;

/// <summary>
/// Plain lines, for files and pipes. Shows no progress unless the user asks for every second of it.
/// </summary>
internal sealed class PlainView(TextWriter output, TimeProvider time, bool verbose) : ICensusView
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    public async Task FollowAsync(Task work, Func<ProgressSnapshot> look)
    {
        if (!verbose)
        {
            await work.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            return;
        }

        while (await Task.WhenAny(work, Task.Delay(Interval, time)) != work)
        {
            Line(Text(look()));
        }

        Line(Text(look()));
    }

    public void Heading(string text)
    {
        output.WriteLine();
        output.WriteLine(text);
    }

    public void Line(string text) => output.WriteLine(text);

    public void Chart(IReadOnlyList<Bar> bars)
    {
        foreach (string line in TextBarChart.Lines(bars))
        {
            output.WriteLine($"  {line}");
        }
    }

    internal static string Text(ProgressSnapshot now)
    {
        string all =
            $"{(now.IsStopping ? "draining: " : string.Empty)}{now.Done:N0} of {now.Total:N0} done, {now.Failed:N0} "
            + $"failed, {now.EventsPerSecond:N0} events/s";
        return string.Join("; ", now.Children.Select(Text).Prepend(all));
    }

    private static string Text(ChildStatistics child) =>
        $"child {child.Number} (pid {child.ProcessId?.ToString() ?? "none"}): {child.Done:N0} done, "
        + $"{child.EventsPerSecond:N0} events/s, {child.Restarts} restarts";
}
