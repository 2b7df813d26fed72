using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P1 and the table of section 3: an event ends only as something in the run explains. Where several orders explain the
/// notes, each end that one of them gives is allowed.
/// </summary>
internal sealed class EndRule : Rule
{
    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (EventStory story in run.Events)
        {
            string? why = story.Status switch
            {
                PendingStatus.Skipped => Skipped(story),
                PendingStatus.Faulted => Faulted(story),
                PendingStatus.Cancelled => Cancelled(run, story),
                PendingStatus.TimedOut => TimedOut(story),
                PendingStatus.ChildLost => ChildLost(run, story),
                PendingStatus.Poisoned => Poisoned(run, story),
                PendingStatus.Closed => Closed(run, story),
                _ => null,
            };
            if (why is not null)
            {
                found.Add(story.Breaks("P1", $"settled as {story.Status}, but {why}."));
            }
        }
    }

    /// <summary>"A before hook that skips ends it Skipped."</summary>
    private static string? Skipped(EventStory story) =>
        !story.Node.HasHook(story, HookKind.SkipsEven) ? "no before hook skips"
        : story.Work % 2 != 0 ? "its before hook skips events with even ids alone"
        : story.First is not null && !story.Node.HasEdits ? "its handler ran"
        : null;

    /// <summary>"The exception settles that Pending."</summary>
    private static string? Faulted(EventStory story)
    {
        foreach (HandlerRun one in story.Runs)
        {
            if (one.Threw && one.Ended!.Number < story.End)
            {
                return null;
            }
        }

        bool byHook = story.Node.HasHook(story, HookKind.ThrowsThird) && story.Work % 3 == 0;
        bool byFilter = story.Node.Has(AdapterKind.FilterThrows) && story.Work % 5 == 0;
        bool byPayload =
            story.Node.Spec.Child is not null
            && (
                story.Settled!.Text.Contains("Refused", StringComparison.Ordinal)
                || story.Settled.Text.Contains("cannot cross", StringComparison.Ordinal)
            );

        // A child that loses its own child reports a failure.
        bool byNested =
            story.Node.Spec.Child is { NestedKeys.Count: > 0 }
            && story.Node.Troubles.Exists(trouble => trouble.Number < story.End)
            && story.Settled!.Text.Contains(nameof(ChildLostException), StringComparison.Ordinal);
        return byHook || byFilter || byPayload || byNested ? null : "no handler, hook or filter of it threw";
    }

    /// <summary>
    /// "Cancelled is only what somebody cancelled: by a token, Cancel, Clean, a drop mode, or a shutdown of this
    /// controller."
    /// </summary>
    private static string? Cancelled(RunStory run, EventStory story)
    {
        if (story.CancelAsked?.Number < story.End || run.SystemEnded < story.End)
        {
            return null;
        }

        foreach (CallStory call in story.Node.Calls)
        {
            if (call.Begun.Number < story.End && CanCancel(call, story))
            {
                return null;
            }
        }

        bool isDropped =
            story.Node.Spec is { Capacity: not null, FullMode: not QueueFullMode.Wait } && story.First is null;
        return isDropped ? null : "nobody cancelled it";
    }

    private static bool CanCancel(CallStory call, EventStory story)
    {
        // A running event ends by its own handler, even when its node is cleaned or finishes, or by the death of its
        // child. One part of a broadcast may run while another is cancelled.
        bool isInParts = story.Node.Spec is { IsPool: true, Routing: PoolRouting.Broadcast };
        bool runs =
            !isInParts
            && story.First is { } first
            && first.Started.Number < call.Begun.Number
            && (first.Started.Child == 0 || story.Node.Troubles.Count == 0);
        bool ran =
            call.Kind == StepKind.Shutdown
            && call.Ended is { } ended
            && (call.Vetoed || (!call.UnderWay && ended.Number < story.Offered));
        return call.Kind switch
        {
            StepKind.Clean => !runs && story.Offered < call.End,
            StepKind.Shutdown when ran => false,
            StepKind.Shutdown when call.Mode == ShutdownMode.Abort || story.Node.FirstRun > call.Begun.Number => true,
            StepKind.Shutdown when story.Settled!.At >= call.Begun.At + call.Deadline - 1 => true,
            StepKind.Shutdown => call.Mode == ShutdownMode.Finish && !runs,
            _ => false,
        };
    }

    /// <summary>"A handler timeout settles TimedOut", and not before its time.</summary>
    private static string? TimedOut(EventStory story)
    {
        if (Limits.Of(story) is not { } limit)
        {
            return "it has no time-out";
        }

        bool exact = story.Node.IsPlain && story.First is not null;
        double began = exact
            ? story.First!.Started.At
            : Math.Min(story.Accepted.At, story.First?.Started.At ?? double.MaxValue);
        double took = story.Settled!.At - began;
        return took < limit - 1 ? FormattableString.Invariant($"only {took:0.#} of {limit} ms were over")
            : story.Node.IsPlain && story.Runs.Count == 0 && !story.Node.HasEdits ? "it had not started"
            : null;
    }

    /// <summary>"Any end of a child is a death"; without one nothing is lost.</summary>
    private static string? ChildLost(RunStory run, EventStory story)
    {
        if (story.Node.Spec.Child is null)
        {
            return "its node has no child";
        }

        bool leaves =
            run.ClientsEnded < story.End
            || run.SystemEnded < story.End
            || story.Node.Calls.Exists(call => call.Kind == StepKind.Shutdown && call.Begun.Number < story.End);
        return leaves || story.Node.Troubles.Exists(trouble => trouble.Number < story.End)
            ? null
            : "nothing had happened to a child of its node";
    }

    /// <summary>"Opt-in for idempotent handlers: redelivery, default 3 attempts, then Poisoned."</summary>
    private static string? Poisoned(RunStory run, EventStory story)
    {
        if (!story.Node.IsIdempotent(story) && !story.Node.HasEdits)
        {
            return "its key is not idempotent";
        }

        int most = story.Node.Spec.Child?.MaxAttempts ?? 0;
        int starts = story.Runs.Count(run => run.Started.Child > 0 && !run.IsAdded);
        bool areSeen =
            story.Node.MappedInChild(story.Key) is { Before: HookKind.None } && !run.MayStopAtAStart(story.Node);
        return starts < most && areSeen ? $"it had started {starts} times of {most}" : null;
    }

    /// <summary>"Host ends the ActorSystem: Closed."</summary>
    private static string? Closed(RunStory run, EventStory story) =>
        run.SystemEnded < story.End || run.ClientsEnded < story.End ? null : "nobody had ended the actor system";
}
