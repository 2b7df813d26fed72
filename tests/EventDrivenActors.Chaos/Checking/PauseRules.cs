using System.Diagnostics;

namespace EventDrivenActors.Chaos.Checking;

/// <summary>What the contract promises of a suspended controller: nothing starts.</summary>
internal static class PauseRules
{
    /// <summary>How long a handler that has started may take to note it.</summary>
    public static readonly long Margin = Stopwatch.Frequency / 10;

    public static IEnumerable<Violation> Check(IReadOnlyList<Pause> pauses, IEnumerable<EventRecord> records)
    {
        ILookup<string, Pause> byController = pauses.ToLookup(pause => pause.Controller);
        return records
            .Where(record =>
                record.Begins.Any(begin =>
                    byController[record.Event.Controller]
                        .Any(pause => begin.At > pause.From + Margin && begin.At < pause.To)
                )
            )
            .Select(record => record.Violates(ViolationKind.Broken, "it started while its controller was suspended."));
    }
}
