using System.Globalization;

namespace EventDrivenActors.Benchmarks.Harness;

/// <summary>Numbers as people read them.</summary>
internal static class Units
{
    public static string Number(double number) => number.ToString("0.##", CultureInfo.InvariantCulture);

    public static string Times(double ratio) => string.Create(CultureInfo.InvariantCulture, $"{ratio:0.00}x");

    public static string Bytes(double bytes) =>
        bytes < 10_000 ? $"{Number(Math.Round(bytes))} B"
        : bytes < 10_000_000 ? $"{Number(Math.Round(bytes / 1024))} KiB"
        : $"{Number(Math.Round(bytes / 1024 / 1024))} MiB";

    public static string Time(double nanoseconds) =>
        nanoseconds switch
        {
            < 1e3 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds:0.0} ns"),
            < 1e6 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e3:0.0} us"),
            < 1e9 => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e6:0.0} ms"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{nanoseconds / 1e9:0.00} s"),
        };
}
