using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P8: "The report counts each event once: completed, failed, cancelled, abandoned": all that were open when the
/// shutdown began.
/// </summary>
/// <remarks>
/// No note says how a post or a tell ended, so each of them allows one more of any outcome. An event whose handler
/// outlives an abort is cancelled, and counts as abandoned.
/// </remarks>
internal sealed class ReportRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Notes.Exists(note => note is { Kind: NoteKind.Quiet, Text: nameof(ControllerState.Failed) }))
            {
                // A shutdown may have joined the end that the failure had begun, and count the same events.
                continue;
            }

            // Calls that join a running shutdown receive its report; the shutdown is over when the first of them
            // returns.
            CallStory? operation = null;
            int end = 0;
            bool isOver = false;
            foreach (CallStory call in node.Calls)
            {
                if (call.Kind == StepKind.Run)
                {
                    isOver = false;
                }
                else if (call.Kind == StepKind.Shutdown)
                {
                    bool joins = operation is not null && end > call.Begun.Number;

                    // That shutdown was vetoed, perhaps before this call, so the notes do not show to which of them the
                    // next report belongs.
                    isOver |= joins && operation!.Vetoed && call is { UnderWay: true, Vetoed: false };
                    isOver |= joins && operation is { UnderWay: true, Vetoed: false } && node.Spec.Vetoes > 0;
                    isOver |= operation is not null && !joins && !operation.Vetoed;
                    (operation, end) = joins
                        ? (operation, Math.Min(end, call.End))
                        : (call, call is { UnderWay: true, Vetoed: false } ? int.MaxValue : call.End);
                    // The shutdown may have ended in this instant, and a call that comes later in it has a report of
                    // its own.
                    bool mayBeLate = joins && end < int.MaxValue && run.Instant(call.Begun) >= run.InstantAt(end);
                    if (
                        !isOver
                        && !mayBeLate
                        && call.Succeeded
                        && !call.Vetoed
                        && !call.UnderWay
                        && run.SystemEnded > call.End
                    )
                    {
                        Check(run, node, operation!, call, found);
                    }
                }
            }
        }
    }

    private static void Check(RunStory run, NodeStory node, CallStory operation, CallStory call, List<Breach> found)
    {
        if (
            call.Of("completed") is not { } completed
            || call.Of("failed") is not { } failed
            || call.Of("cancelled") is not { } cancelled
            || call.Of("abandoned") is not { } abandoned
        )
        {
            return;
        }

        if (node.Quiet(operation.Begun.Number)?.Text == nameof(ControllerState.Failed))
        {
            // The node had ended by itself, so the shutdown has nothing to report.
            return;
        }

        long isCompleted = 0;
        long isFailed = 0;
        long isCancelled = 0;
        long unknown = node.HasStrangers ? int.MaxValue : 0;
        List<Note> notes = [operation.Begun, call.Ended!];
        foreach (EventStory story in node.Events)
        {
            if (story.Accepted.Number > call.End)
            {
                // An event that waited for room may have been queued before its note.
                unknown += story.Offered < call.End ? 1 : 0;
                continue;
            }

            if (story.HasPending && (story.Settled is null || run.Instant(story.Settled) > run.Instant(call.Ended!)))
            {
                continue;
            }

            // The event counts when its handler has really ended.
            HandlerRun? last =
                story.First is { Started.Child: 0 } first && !(first.Ended?.Number < story.End) ? first : null;
            bool isOver = last is null
                ? story.End < operation.Begun.Number
                : last.Ended is { } late && late.Number < operation.Begun.Number;
            if (
                isOver
                && story
                    is
                {
                    Status: PendingStatus.TimedOut or PendingStatus.Cancelled,
                    First: { Started.Child: 0, Ended: { } noted }
                }
                && run.Instant(noted) == run.Instant(operation.Begun)
            )
            {
                unknown++;
                continue;
            }

            if (isOver)
            {
                continue;
            }

            if (!story.HasPending)
            {
                // The message of a child may be late, and the child may start an event again.
                bool hasEnded =
                    node.SharesOneQueue
                    && story.First is { Started.Child: 0, Ended: { } ended }
                    && run.Instant(ended) < run.Instant(operation.Begun);
                unknown += hasEnded ? 0 : 1;
                continue;
            }

            // A timed-out event whose handler runs on counts when the handler ends, or as abandoned.
            bool mayBeAbandoned =
                last is not null
                && (
                    story.Status is PendingStatus.TimedOut or PendingStatus.ChildLost
                    || (last.Ended is { } running && run.Instant(running) == run.Instant(call.Ended!))
                );
            if (mayBeAbandoned || IsUncertain(run, story, operation, call))
            {
                unknown++;
                continue;
            }

            notes.Add(story.Settled!);
            if (last is not null && !(last.Ended?.Number < call.End))
            {
                isCancelled++;
                continue;
            }

            switch (story.Status)
            {
                case PendingStatus.Completed or PendingStatus.Skipped:
                    isCompleted++;
                    break;
                case PendingStatus.Cancelled or PendingStatus.Closed:
                    isCancelled++;
                    break;
                default:
                    isFailed++;
                    break;
            }
        }

        if (unknown > 0)
        {
            // Outcomes without a note can be spread over the sums in too many ways to tell them apart.
            return;
        }

        bool isRight =
            Fits(completed, isCompleted, unknown)
            && Fits(failed, isFailed, unknown)
            && Fits(cancelled + abandoned, isCancelled, unknown)
            && Fits(completed + failed + cancelled + abandoned, isCompleted + isFailed + isCancelled, unknown);
        if (!isRight)
        {
            found.Add(
                new Breach(
                    "P8",
                    $"The report of a shutdown of {node.Name} says {completed} completed, {failed} failed, "
                        + $"{cancelled} cancelled and {abandoned} abandoned, where {isCompleted} completed, "
                        + $"{isFailed} failed and {isCancelled} were "
                        + $"cancelled{(unknown > 0 ? ", and of others nothing is known" : "")}.",
                    notes
                )
            );
        }
    }

    /// <summary>
    /// The note of an end comes a moment later, so the end may have been before the shutdown began. An event that was
    /// cancelled before its dispatch was never queued, and one that was accepted at the end may belong to the next run.
    /// </summary>
    private static bool IsUncertain(RunStory run, EventStory story, CallStory operation, CallStory call)
    {
        bool mayHaveEnded =
            story.End > operation.Begun.Number
            && run.Instant(story.Settled!) <= run.Instant(operation.Begun)
            && !run.IsOpenAt(story, operation.Begun);
        bool wasCancelled = story.CancelAsked?.Number < story.Accepted.Number;
        bool isInParts = story.Node.Spec is { IsPool: true, Routing: PoolRouting.Broadcast };

        // The note of the end of the shutdown may come late.
        bool isOfNextRun = story.Node.Calls.Exists(next =>
            next.Kind == StepKind.Run
            && next.Begun.Number > operation.Begun.Number
            && next.Begun.Number < story.Accepted.Number
        );
        return mayHaveEnded
            || wasCancelled
            || isInParts
            || isOfNextRun
            || EndsAtItsTime(run, story)
            || (story.Accepted.Number > operation.Begun.Number && story.End > call.End);
    }

    /// <summary>
    /// The handler has noted its end, but the deadline or a cancellation came before the loop saw that.
    /// </summary>
    private static bool EndsAtItsTime(RunStory run, EventStory story) =>
        story
            is
        {
            Status: PendingStatus.TimedOut or PendingStatus.Cancelled,
            First: { Started.Child: 0, Ended: { } last }
        }
        && last.Number < story.End
        && run.Instant(last) == run.Instant(story.Settled!);

    private static bool Fits(long said, long known, long unknown) => said >= known && said <= known + unknown;
}
