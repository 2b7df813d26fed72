using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// Broken promises that the program's own code has seen; P10 and P15, "every wait ends"; leftovers after the end; and
/// P11, "no log grows faster than its budget".
/// </summary>
internal sealed class LeftoverRule : Rule
{
    /// <summary>Lines of the log that a run may always have, and that each thing that goes wrong may add.</summary>
    private const int LinesAlways = 20;
    private const int LinesEach = 8;

    public override void Check(RunStory run, List<Breach> found)
    {
        Dictionary<int, Note> waits = [];
        Dictionary<int, Note> offers = [];
        List<Note> lines = [];
        int troubles = 0;
        foreach (Note note in run.Notes)
        {
            switch (note.Kind)
            {
                case NoteKind.Broken:
                    int space = note.Text.IndexOf(' ');
                    found.Add(
                        space < 0
                            ? new Breach("?", note.Text, [note])
                            : new Breach(note.Text[..space], note.Text[(space + 1)..], [note])
                    );
                    break;
                case NoteKind.Left when note.Count > 0:
                    found.Add(new Breach("End", $"After the end there are left: {note.Count} {note.Text}.", [note]));
                    break;
                case NoteKind.WaitBegun:
                    waits[note.Token] = note;
                    break;
                case NoteKind.CallBegun:
                    troubles++;
                    waits[note.Token] = note;
                    break;
                case NoteKind.WaitEnded or NoteKind.CallEnded:
                    waits.Remove(note.Token);
                    break;
                case NoteKind.Offered when note.Event > 0:
                    offers[note.Event] = note;
                    break;
                case NoteKind.Accepted:
                    offers.Remove(note.Event);
                    break;
                case NoteKind.Refused:
                    offers.Remove(note.Event);
                    troubles++;
                    break;
                case NoteKind.Logged:
                    lines.Add(note);
                    break;
                case NoteKind.ChildNews or NoteKind.Settled or NoteKind.Forwarded:
                case NoteKind.Ended when note.Text.StartsWith("Threw", StringComparison.Ordinal):
                    troubles++;
                    break;
            }
        }

        foreach (Note wait in waits.Values)
        {
            if (!wait.Text.StartsWith("Shutdown", StringComparison.Ordinal))
            {
                found.Add(new Breach("P10", $"A wait has not ended: '{wait.Text}' at node {wait.Node}.", [wait]));
            }
        }

        foreach (Note offer in offers.Values)
        {
            found.Add(
                new Breach(
                    "P11",
                    $"A dispatch of '{offer.Key}' #{offer.Work} was neither accepted nor refused.",
                    [offer]
                )
            );
        }

        int most = LinesAlways + LinesEach * troubles;
        if (lines.Count > most)
        {
            found.Add(
                new Breach(
                    "P11",
                    $"The log has {lines.Count} lines, and {troubles} things went wrong.",
                    [.. lines.Take(10)]
                )
            );
        }
    }
}
