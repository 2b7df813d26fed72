using System.Globalization;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// P13: "A timer that overruns has at most one tick queued, and never bursts after a pause": of three ticks in a row,
/// the first and the last are at least an interval apart. A stopped one has at most the queued tick left.
/// </summary>
internal sealed class TimerRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            // In a pool each worker has a timer.
            if (node.Spec is { Timer: { } interval, IsPool: false })
            {
                Check(node, interval, found);
            }
        }
    }

    private static void Check(NodeStory node, int interval, List<Breach> found)
    {
        List<Note> ticks = [];
        bool isStopped = false;
        foreach (Note note in node.Notes)
        {
            switch (note.Kind)
            {
                case NoteKind.CallBegun when note.Text.StartsWith(nameof(StepKind.SetTiming), StringComparison.Ordinal):
                    interval = note.Count > 0 ? (int)note.Count : interval;
                    isStopped = false;
                    ticks.Clear();
                    break;
                case NoteKind.CallEnded when note.Text.StartsWith(nameof(StepKind.SetTiming), StringComparison.Ordinal):
                    isStopped = note.Count == 0;
                    ticks.Clear();
                    break;
                case NoteKind.CallBegun when note.Text.StartsWith("Run", StringComparison.Ordinal):
                    isStopped = false;
                    ticks.Clear();
                    break;
                case NoteKind.Tick:
                    ticks.Add(note);
                    if (isStopped && ticks.Count > 1)
                    {
                        found.Add(new Breach("P13", $"The timer of {node.Name} was stopped, and ticks on.", ticks));
                        return;
                    }

                    if (ticks.Count >= 3 && note.At - ticks[^3].At < interval - 1)
                    {
                        string took = string.Create(CultureInfo.InvariantCulture, $"{note.At - ticks[^3].At:0.#} ms");
                        found.Add(
                            new Breach(
                                "P13",
                                $"The timer of {node.Name} ticked three times in {took}, and its interval is "
                                    + $"{interval} ms.",
                                ticks[^3..]
                            )
                        );
                        return;
                    }

                    break;
            }
        }
    }
}
