namespace AssemblyCensus.Reporting;

/// <summary>A bar chart as plain lines of one width, for files and pipes.</summary>
internal static class TextBarChart
{
    private const int LabelWidth = 56;
    private const int BarWidth = 30;

    public static IEnumerable<string> Lines(IReadOnlyList<Bar> bars)
    {
        double most = bars.Count == 0 ? 0 : bars.Max(bar => bar.Value);
        int textWidth = bars.Count == 0 ? 0 : bars.Max(bar => bar.Text.Length);
        return bars.Select(bar => $"{Fit(bar.Label)} {Draw(bar.Value, most)} {bar.Text.PadLeft(textWidth)}");
    }

    /// <summary>Pads a label, or cuts its middle: both ends of a name say something.</summary>
    private static string Fit(string label)
    {
        if (label.Length <= LabelWidth)
        {
            return label.PadRight(LabelWidth);
        }

        const int tail = (LabelWidth - 3) / 2;
        return string.Concat(label.AsSpan(0, LabelWidth - 3 - tail), "...", label.AsSpan(label.Length - tail));
    }

    private static string Draw(double value, double most)
    {
        int length = most <= 0 ? 0 : (int)Math.Round(value / most * BarWidth);
        return new string('#', value > 0 ? Math.Max(1, length) : 0).PadRight(BarWidth);
    }
}
