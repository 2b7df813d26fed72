using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P13: a timer "counts what it missed", and the next run begins with none: its first tick, where none can have been
/// missed since the run began, reports no misses.
/// </summary>
internal sealed class MissRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            if (node.Spec is { Timer: { } interval, IsPool: false })
            {
                Check(node, interval, found);
            }
        }
    }

    private static void Check(NodeStory node, int interval, List<Breach> found)
    {
        bool hasEnded = false;
        Note? begun = null;
        foreach (Note note in node.Notes)
        {
            switch (note.Kind)
            {
                case NoteKind.Quiet:
                    hasEnded = note.Text is nameof(ControllerState.Stopped) or nameof(ControllerState.Created);
                    break;
                case NoteKind.CallBegun when note.Text.StartsWith(nameof(StepKind.SetTiming), StringComparison.Ordinal):
                    interval = note.Count > 0 ? (int)note.Count : interval;
                    begun = null;
                    break;
                case NoteKind.CallBegun when note.Text.StartsWith(nameof(StepKind.Run), StringComparison.Ordinal):
                    begun = hasEnded ? note : null;
                    hasEnded = false;
                    break;
                case NoteKind.Tick:
                    if (begun is not null && note.Count > 0 && note.At - begun.At < 2 * interval)
                    {
                        found.Add(
                            new Breach(
                                "P13",
                                $"The first tick of a run of {node.Name} tells of {note.Count} misses, and none can "
                                    + "have been missed since that run began.",
                                [begun, note]
                            )
                        );
                        return;
                    }

                    begun = null;
                    break;
            }
        }
    }
}
