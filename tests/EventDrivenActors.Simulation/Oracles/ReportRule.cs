using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P8: "The report counts each event once: completed, failed, cancelled, abandoned": all that were open when the shutdown began.</summary>
/// <remarks>Of posts and tells no note says how they ended, so each of them allows one more of anything. What an abort leaves behind is cancelled, and counts as abandoned.</remarks>
internal sealed class ReportRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            CallStory? operation = null;
            bool isOver = false;
            foreach (CallStory call in node.Calls)
            {
                if (call.Kind == StepKind.Run)
                {
                    isOver = false;
                }
                else if (call.Kind == StepKind.Shutdown)
                {
                    bool joins = operation is not null && operation.End > call.Begun.Number;
                    isOver |= operation is not null && !joins && !operation.Vetoed;
                    operation = joins ? operation : call;
                    if (!isOver && call.Succeeded && !call.Vetoed && !call.UnderWay && run.SystemEnded > call.End)
                    {
                        Check(node, operation!, call, found);
                    }
                }
            }
        }
    }

    private static void Check(NodeStory node, CallStory operation, CallStory call, List<Breach> found)
    {
        if (call.Of("completed") is not { } completed || call.Of("failed") is not { } failed || call.Of("cancelled") is not { } cancelled || call.Of("abandoned") is not { } abandoned)
        {
            return;
        }

        long isCompleted = 0;
        long isFailed = 0;
        long isCancelled = 0;
        long unknown = node.HasStrangers ? int.MaxValue : 0;
        List<Note> notes = [operation.Begun, call.Ended!];
        foreach (EventStory story in node.Events)
        {
            if (story.Accepted.Number > call.End || (story.HasPending && (story.End < operation.Begun.Number || story.End > call.End)))
            {
                continue;
            }

            if (!story.HasPending)
            {
                unknown += story.First is { Ended: { } ended } && ended.Number < operation.Begun.Number ? 0 : 1;
                continue;
            }

            notes.Add(story.Settled!);
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

        bool isRight = Fits(completed, isCompleted, unknown) && Fits(failed, isFailed, unknown) && Fits(cancelled + abandoned, isCancelled, unknown)
            && Fits(completed + failed + cancelled + abandoned, isCompleted + isFailed + isCancelled, unknown);
        if (!isRight)
        {
            found.Add(new Breach(
                "P8",
                $"The report of a shutdown of {node.Name} says {completed} completed, {failed} failed, {cancelled} cancelled and {abandoned} abandoned, where {isCompleted} completed, {isFailed} failed and {isCancelled} were cancelled{(unknown > 0 ? ", and of others nothing is known" : "")}.",
                notes));
        }
    }

    private static bool Fits(long said, long known, long unknown) => said >= known && said <= known + unknown;
}
