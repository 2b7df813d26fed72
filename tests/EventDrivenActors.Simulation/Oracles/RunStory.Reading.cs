using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <content>How the notes of a run become its story.</content>
internal sealed partial class RunStory
{
    private void AddEvents(IReadOnlyList<Note> notes)
    {
        foreach (Note note in notes)
        {
            if (
                note.Kind == NoteKind.Accepted
                && note.Event > 0
                && note.Node >= 0
                && note.Node < Nodes.Count
                && _events[note.Event] is null
            )
            {
                EventStory story = new(note, Nodes[note.Node]);
                _events[note.Event] = story;
                Events.Add(story);
                story.Node.Events.Add(story);
            }
        }
    }

    private void AddToEvent(Note note)
    {
        if (note.Kind is NoteKind.WaitBegun)
        {
            if (Event((int)note.Count) is { } awaited)
            {
                awaited.Offered = note.Number;
            }

            return;
        }

        if (note is { Kind: NoteKind.CancelAsked, Event: 0 })
        {
            // A client cancels an event that it has dispatched, and names it by its work.
            foreach (EventStory other in Events)
            {
                other.CancelAsked ??= other.Work == note.Work && other.Node.Index == note.Node ? note : null;
            }

            return;
        }

        if (Event(note.Event) is not { } story)
        {
            return;
        }

        switch (note.Kind)
        {
            case NoteKind.Offered:
                story.Offered = note.Number;
                break;
            case NoteKind.Started when note.Node == story.Node.Index:
                story.Runs.Add(new HandlerRun(note));
                break;
            case NoteKind.Ended when note.Node == story.Node.Index || note.Text == "Deferred":
                End(story, note);
                break;
            case NoteKind.Settled:
                story.Settle(note);
                break;
            case NoteKind.SettledAgain:
                story.Settle(note);
                break;
            case NoteKind.CancelAsked:
                story.CancelAsked ??= note;
                break;
            case NoteKind.TokenFired:
                story.TokenFired ??= note;
                break;
            case NoteKind.OtherwiseHeard when note.Node == story.Node.Index:
                story.OtherwiseHeard ??= note;
                break;
        }
    }

    private static void End(EventStory story, Note note)
    {
        for (int i = story.Runs.Count - 1; i >= 0; i--)
        {
            HandlerRun run = story.Runs[i];
            bool same =
                note.Text == "Deferred"
                    ? run.IsDeferred
                    : run.Started.Child == note.Child
                        && run.Started.Worker == note.Worker
                        && run.Started.Attempt == note.Attempt
                        && !run.IsDeferred;
            if (run.Ended is null && same)
            {
                run.Ended = note;
                return;
            }
        }
    }

    private void AddCall(Note note, Dictionary<int, CallStory> calls)
    {
        if (note.Kind == NoteKind.CallBegun)
        {
            int end = note.Text.IndexOf(' ');
            if (Enum.TryParse(end < 0 ? note.Text : note.Text.AsSpan(0, end), out StepKind kind))
            {
                CallStory call = new(kind, note);
                calls[note.Token] = call;
                (note.Node >= 0 && note.Node < Nodes.Count ? Nodes[note.Node].Calls : OtherCalls).Add(call);
                if (kind == StepKind.EndSystem)
                {
                    SystemEnded = Math.Min(SystemEnded, note.Number);
                }
            }
        }
        else if (note.Kind == NoteKind.CallEnded && calls.TryGetValue(note.Token, out CallStory? begun))
        {
            begun.Ended ??= note;
        }
    }

    private void AddToNode(Note note)
    {
        if (note.Kind == NoteKind.RuntimeEnds)
        {
            SystemEnded = Math.Min(SystemEnded, note.Number);
        }

        if (note.Kind == NoteKind.ClientsEnded)
        {
            ClientsEnded = Math.Min(ClientsEnded, note.Number);
        }

        if (note.Node < 0 || note.Node >= Nodes.Count)
        {
            return;
        }

        NodeStory node = Nodes[note.Node];
        switch (note.Kind)
        {
            case NoteKind.ChildNews when !note.Text.EndsWith(" starts", StringComparison.Ordinal):
                node.Troubles.Add(note);
                break;
            case NoteKind.Forwarded or NoteKind.Tick:
            case NoteKind.Offered when note.Text == "Raise":
                node.HasStrangers = true;
                break;
            case NoteKind.Refused when note.Token == 0 && !node.SharesOneQueue:
                // Part of a refused batch may have been queued.
                node.HasStrangers = true;
                break;
            case NoteKind.Quiet:
                node.Quiets.Add(note);
                break;
            case NoteKind.CallBegun:
                AddCall(node, note);
                break;
        }
    }

    private static void AddCall(NodeStory node, Note note)
    {
        switch (note.Text.Split(' ')[0])
        {
            case nameof(StepKind.Resize) when node.Spec.IsPool:
                node.MostWorkers = Math.Max(node.MostWorkers, (int)note.Count);
                break;
            case nameof(StepKind.Run):
                node.FirstRun = Math.Min(node.FirstRun, note.Number);
                break;
            case nameof(StepKind.Listen):
                node.HasStrangers = true;
                break;
            case nameof(StepKind.Map) or nameof(StepKind.Unmap):
                node.HasEdits = true;
                break;
            case nameof(StepKind.KillChild)
            or nameof(StepKind.FreezeChild)
            or nameof(StepKind.TerminateChild)
            or nameof(StepKind.StarveChild):
                node.Troubles.Add(note);
                break;
        }
    }
}
