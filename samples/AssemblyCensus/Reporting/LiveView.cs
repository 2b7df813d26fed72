using AssemblyCensus.Running;
using Spectre.Console;

namespace AssemblyCensus.Reporting;

/// <summary>A table that redraws itself, and charts in colour, for a terminal.</summary>
internal sealed class LiveView(IAnsiConsole console, TimeProvider time) : ICensusView
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(200);

    public Task FollowAsync(Task work, Func<ProgressSnapshot> look) =>
        console
            .Live(ProgressTable.Of(look()))
            .StartAsync(async live =>
            {
                while (await Task.WhenAny(work, Task.Delay(Interval, time)) != work)
                {
                    live.UpdateTarget(ProgressTable.Of(look()));
                }

                live.UpdateTarget(ProgressTable.Of(look()));
            });

    public void Heading(string text)
    {
        console.WriteLine();
        console.Write(new Rule(Markup.Escape(text)).LeftJustified());
    }

    // Past the console's own wrapping, so that a long path stays whole when it is copied.
    public void Line(string text) => console.Profile.Out.Writer.WriteLine(text);

    public void Chart(IReadOnlyList<Bar> bars)
    {
        BarChart chart = new BarChart();
        foreach (Bar bar in bars)
        {
            chart.AddItem(Markup.Escape(bar.Label), bar.Value, Color.Teal);
        }

        console.Write(chart.UseValueFormatter(value => Bytes.Text((long)value)));
    }
}
