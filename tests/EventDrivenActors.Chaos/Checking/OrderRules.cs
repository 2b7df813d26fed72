namespace EventDrivenActors.Chaos.Checking;

/// <summary>
/// What the contract promises of a controller with one worker: events start in the order of their dispatch, one at a
/// time.
/// </summary>
internal static class OrderRules
{
    public static IEnumerable<Violation> Check(IEnumerable<EventRecord> records) =>
        records
            .Where(record => record.Event.Place is not null && record.Begins.Count > 0)
            .GroupBy(record => record.Event.Controller)
            .SelectMany(controller =>
                InOrder([.. controller.OrderBy(record => record.Begins[0].At)]).Concat(OneAtATime([.. controller]))
            );

    private static IEnumerable<Violation> InOrder(EventRecord[] started)
    {
        for (int i = 1; i < started.Length; i++)
        {
            if (started[i].Event.Place < started[i - 1].Event.Place)
            {
                yield return started[i]
                    .Violates(
                        ViolationKind.Broken,
                        $"it started after event {started[i - 1].Event.Id}, which was dispatched later."
                    );
            }
        }
    }

    private static IEnumerable<Violation> OneAtATime(EventRecord[] started)
    {
        IEnumerable<IGrouping<int, (EventRecord Record, Note Note)>> children = started
            .SelectMany(record => record.Notes.Select(note => (Record: record, Note: note)))
            .GroupBy(one => one.Note.ProcessId);
        foreach (IGrouping<int, (EventRecord Record, Note Note)> child in children)
        {
            EventRecord? running = null;
            foreach ((EventRecord record, Note note) in child.OrderBy(one => one.Note.At))
            {
                if (note.Kind == NoteKind.Begin && running is not null)
                {
                    yield return record.Violates(
                        ViolationKind.Broken,
                        $"it started in the child '{child.Key}' while event {running.Event.Id} was running."
                    );
                }

                running = note.Kind == NoteKind.Begin ? record : null;
            }
        }
    }
}
