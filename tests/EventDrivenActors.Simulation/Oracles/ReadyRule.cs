using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>P10: "ReadyAsync completes when the controller runs."</summary>
internal sealed class ReadyRule : Rule
{
    public override bool NeedsInstants => true;

    public override void Check(RunStory run, List<Breach> found)
    {
        foreach (NodeStory node in run.Nodes)
        {
            foreach (CallStory call in node.Calls)
            {
                if (
                    call is { Kind: StepKind.WaitReady, Succeeded: true, Ended: { } ended }
                    && !Runs(node, ended.Number)
                )
                {
                    found.Add(
                        new Breach(
                            "P10",
                            $"A wait for {node.Name} to be ready ended, and it had never been run.",
                            [call.Begun, ended]
                        )
                    );
                }
            }
        }
    }

    private static bool Runs(NodeStory node, int until) =>
        node.Calls.Exists(call => call.Kind == StepKind.Run && call.Begun.Number < until)
        || node.Notes.Exists(note => note.Kind == NoteKind.Made && note.Text != nameof(ControllerState.Created));
}
