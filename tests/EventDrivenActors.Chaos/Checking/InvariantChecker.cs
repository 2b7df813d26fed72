namespace EventDrivenActors.Chaos.Checking;

/// <summary>Holds the history of a run to the contract. Pure: the same history gets the same verdict.</summary>
internal static class InvariantChecker
{
    public static Verdict Check(RunHistory history)
    {
        ILookup<long, Settlement> settlements = history.Settlements.ToLookup(one => one.EventId);
        ILookup<long, Note> notes = history.Notes.Where(note => note.EventId != 0).ToLookup(note => note.EventId);
        EventRecord[] records =
        [
            .. history.Accepted.Select(accepted => new EventRecord(
                accepted,
                [.. settlements[accepted.Id]],
                [.. notes[accepted.Id]],
                history,
                history.Injected.GetValueOrDefault(accepted.Controller)
            )),
        ];
        HashSet<long> known = [.. history.Accepted.Select(accepted => accepted.Id)];
        IReadOnlySet<int> mortal = Deaths(history, records);
        return new Verdict(
            history.Accepted.Count,
            [
                .. history
                    .Accepted.CountBy(accepted => accepted.Id)
                    .Where(one => one.Value > 1)
                    .Select(one => new Violation(
                        ViolationKind.Broken,
                        one.Key,
                        $"Broken: the number {one.Key} was given to {one.Value} events."
                    )),
                .. notes
                    .Where(ran => !known.Contains(ran.Key))
                    .Select(ran => new Violation(
                        ViolationKind.Broken,
                        ran.Key,
                        $"Broken: a handler ran for the event {ran.Key}, which was never accepted."
                    )),
                .. records.SelectMany(record => EventRules.Check(record, mortal)),
                .. OrderRules.Check(records),
                .. PauseRules.Check(history.Pauses, records),
                .. history.Leftovers.Select(text => new Violation(ViolationKind.Broken, null, $"Broken: {text}")),
            ]
        );
    }

    /// <summary>
    /// The children that had a reason to die: a kill, an event that crashes, one that was late where that costs the
    /// child its life.
    /// </summary>
    private static HashSet<int> Deaths(RunHistory history, IEnumerable<EventRecord> records) =>
        [
            .. history.Killed,
            .. records
                .Where(record =>
                    record.Event.IsLethal
                    || (
                        record.Event.KillOnTimeout
                        && record.Settlements.Any(one => one.Status == PendingStatus.TimedOut)
                    )
                )
                .SelectMany(record => record.Begins)
                .Select(note => note.ProcessId),
        ];
}
