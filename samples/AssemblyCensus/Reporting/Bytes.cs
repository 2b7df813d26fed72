namespace AssemblyCensus.Reporting;

/// <summary>Sizes for people.</summary>
internal static class Bytes
{
    public static string Text(long bytes) =>
        bytes switch
        {
            < 1024 => $"{bytes} B",
            < 1024 * 1024 => $"{bytes / 1024.0:N1} KiB",
            _ => $"{bytes / (1024.0 * 1024.0):N1} MiB",
        };
}
