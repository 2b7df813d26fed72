using AssemblyCensus.Running;

namespace AssemblyCensus.Reporting;

/// <summary>How far a run is, as one line of text with the time that is left.</summary>
internal static class ProgressBar
{
    private const int Width = 40;

    public static string Of(ProgressSnapshot now)
    {
        double part = now.Total == 0 ? 1 : (double)now.Done / now.Total;
        int full = (int)(part * Width);
        return $"{new string('#', full)}{new string('-', Width - full)} {Math.Floor(part * 100),3:N0} "
            + $"%{Left(now.TimeLeft)}";
    }

    private static string Left(TimeSpan? left) =>
        left switch
        {
            null => string.Empty,
            { TotalHours: >= 1 } => $"  {left:h\\:mm\\:ss} left",
            _ => $"  {left:m\\:ss} left",
        };
}
