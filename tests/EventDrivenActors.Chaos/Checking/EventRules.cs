namespace EventDrivenActors.Chaos.Checking;

/// <summary>What the contract promises of each single event.</summary>
internal static class EventRules
{
    /// <summary>The first death, which is not charged to an event that others ran beside.</summary>
    private const int Doubts = 1;

    public static IEnumerable<Violation> Check(EventRecord record, IReadOnlySet<int> mortal) =>
        record.Settlements switch
        {
            [] => [record.Violates(ViolationKind.Hung, "it never settled.")],
            [var one] => Runs(record).Concat(Ending(record, one, mortal)),
            _ => Runs(record).Append(record.Violates(ViolationKind.Doubled, "it settled more than once.")),
        };

    private static IEnumerable<Violation> Runs(EventRecord record)
    {
        AcceptedEvent accepted = record.Event;
        if (!accepted.Idempotent && record.Begins.Count > 1)
        {
            yield return record.Violates(ViolationKind.Doubled, "it may run once at most.");
        }

        for (int i = 1; accepted.Idempotent && i < record.Begins.Count; i++)
        {
            if (record.Begins[i].Attempt <= record.Begins[i - 1].Attempt)
            {
                yield return record.Violates(
                    ViolationKind.Doubled,
                    $"its attempts do not ascend: {string.Join(", ", record.Begins.Select(begin => begin.Attempt))}."
                );
                break;
            }
        }

        if (record.Begins.Any(begin => begin.Attempt > MostAttempts(accepted)))
        {
            yield return record.Violates(
                ViolationKind.Broken,
                $"it was delivered more than {MostAttempts(accepted)} times."
            );
        }
    }

    private static IEnumerable<Violation> Ending(EventRecord record, Settlement settlement, IReadOnlySet<int> mortal) =>
        settlement.Status switch
        {
            PendingStatus.Completed => Completed(record, settlement),
            PendingStatus.Faulted => Faulted(record),
            PendingStatus.Cancelled => Cancelled(record, mortal),
            PendingStatus.TimedOut => Only(record, record.Event.HasTimeout, "its time was not limited."),
            PendingStatus.ChildLost => ChildLost(record, settlement, mortal),
            PendingStatus.Poisoned => Poisoned(record, settlement),
            PendingStatus.Closed => Only(record, record.Had(Injected.HostEnded), "nobody ended the actor system."),
            _ => Only(record, false, "nothing asked for that."),
        };

    private static IEnumerable<Violation> Only(EventRecord record, bool allowed, string why) =>
        allowed ? [] : [record.Violates(ViolationKind.Lost, why)];

    private static IEnumerable<Violation> Completed(EventRecord record, Settlement settlement)
    {
        if (record.Begins.Count == 0 || !record.HasEnded)
        {
            yield return record.Violates(ViolationKind.Lost, "its handler did not run to its end.");
        }

        if (!settlement.ResultIsRight)
        {
            yield return record.Violates(ViolationKind.Lost, "the result is not its handler's.");
        }

        if (record.Event.Deed is not (Deed.Work or Deed.Obey))
        {
            yield return record.Violates(ViolationKind.Broken, "its handler cannot end well.");
        }
    }

    private static IEnumerable<Violation> Faulted(EventRecord record) =>
        record.Event.Deed switch
        {
            Deed.Throw when record.Begins.Count > 0 => [],
            Deed.Unreadable when record.Begins.Count == 0 => [],
            _ => [record.Violates(ViolationKind.Lost, "its handler does not throw.")],
        };

    private static IEnumerable<Violation> Cancelled(EventRecord record, IReadOnlySet<int> mortal)
    {
        if (!record.WasCancelled && !record.Had(Injected.Finish | Injected.Abort | Injected.Overload))
        {
            yield return record.Violates(ViolationKind.Lost, "nobody cancelled it.");
        }

        // What obeys its token may be cancelled while it runs; what is delivered again may be cancelled between two
        // runs.
        bool mayHaveRun =
            record.Event.Deed == Deed.Obey
            || record.Had(Injected.Abort | Injected.Overload)
            || (record.Event.Idempotent && record.Begins.All(begin => mortal.Contains(begin.ProcessId)));
        if (record.Begins.Count > 0 && !mayHaveRun)
        {
            yield return record.Violates(
                ViolationKind.Broken,
                "it was cancelled before its start and ran all the same."
            );
        }
    }

    private static IEnumerable<Violation> ChildLost(EventRecord record, Settlement settlement, IReadOnlySet<int> mortal)
    {
        if (record.Had(Injected.Failed))
        {
            yield break;
        }

        if (record.Event.Idempotent)
        {
            yield return record.Violates(ViolationKind.Lost, "it is idempotent and should have been delivered again.");
        }

        if (settlement.ProcessId is not { } process || !mortal.Contains(process))
        {
            yield return record.Violates(ViolationKind.Lost, $"nothing ended the child '{settlement.ProcessId}'.");
        }

        if (settlement.Started == false && record.Begins.Count > 0)
        {
            yield return record.Violates(ViolationKind.Broken, "it says that it had not started.");
        }
    }

    private static IEnumerable<Violation> Poisoned(EventRecord record, Settlement settlement)
    {
        if (!record.Event.Idempotent)
        {
            yield return record.Violates(ViolationKind.Lost, "it is not idempotent.");
        }
        else if (settlement.Attempts < record.Event.MaxAttempts || settlement.Attempts > MostAttempts(record.Event))
        {
            yield return record.Violates(
                ViolationKind.Lost,
                $"it was given up after {settlement.Attempts} of {record.Event.MaxAttempts} attempts."
            );
        }
    }

    private static int MostAttempts(AcceptedEvent accepted) =>
        accepted.Idempotent ? accepted.MaxAttempts + Doubts : accepted.MaxAttempts;
}
