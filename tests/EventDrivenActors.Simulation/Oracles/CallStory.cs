using System.Globalization;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>A call of a client or a handler that is not a dispatch.</summary>
internal sealed class CallStory
{
    /// <summary>How long after its deadline a shutdown may return (P8).</summary>
    public const double Grace = 5000;

    private const double DefaultDeadline = 30_000;

    public CallStory(StepKind kind, Note begun)
    {
        (Kind, Begun) = (kind, begun);
        if (kind == StepKind.Shutdown)
        {
            Mode = (ShutdownMode)begun.Count;
            int last = begun.Text.LastIndexOf(' ');
            Deadline =
                double.TryParse(
                    begun.Text.AsSpan(last + 1),
                    NumberStyles.Float,
                    CultureInfo.InvariantCulture,
                    out double deadline
                )
                && last > "Shutdown".Length
                    ? deadline
                    : DefaultDeadline;
        }
    }

    public StepKind Kind { get; }

    public Note Begun { get; }

    public Note? Ended { get; set; }

    public int End => Ended?.Number ?? int.MaxValue;

    public ShutdownMode Mode { get; }

    /// <summary>Of a shutdown, in milliseconds.</summary>
    public double Deadline { get; }

    /// <summary>The call ended without an exception.</summary>
    public bool Succeeded => Ended is { } ended && !ended.Text.Contains("Exception", StringComparison.Ordinal);

    public bool Vetoed => Ended is { } ended && ended.Text.Contains("vetoed=True", StringComparison.Ordinal);

    /// <summary>The call returned before the end, as it does inside a handler of the node.</summary>
    public bool UnderWay => Ended is { } ended && ended.Text.Contains("ended=False", StringComparison.Ordinal);

    /// <summary>A number of a shutdown's report, such as <c>completed</c>; null without one.</summary>
    public long? Of(string name)
    {
        string text = Ended?.Text ?? "";
        int at = text.IndexOf($" {name}=", StringComparison.Ordinal);
        if (at < 0)
        {
            return null;
        }

        ReadOnlySpan<char> rest = text.AsSpan(at + name.Length + 2);
        int end = rest.IndexOf(' ');
        return long.TryParse(end < 0 ? rest : rest[..end], CultureInfo.InvariantCulture, out long number)
            ? number
            : null;
    }
}
