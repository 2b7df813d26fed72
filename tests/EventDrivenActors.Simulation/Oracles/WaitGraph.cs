using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>The waits of handlers, by the notes so far.</summary>
internal sealed class WaitGraph(RunStory run)
{
    /// <summary>Running handlers of the nodes' own processes.</summary>
    private readonly List<Note>[] _running = [.. run.Nodes.Select(_ => new List<Note>())];

    /// <summary>Events of which a handler has started.</summary>
    private readonly HashSet<int> _started = [];
    private readonly HashSet<EventStory> _open = [];

    /// <summary>The waits of handlers, by the waiting handler.</summary>
    private readonly Dictionary<(int Event, int Worker), Note> _waits = [];

    public IReadOnlyCollection<Note> Waits => _waits.Values;

    public void See(Note note)
    {
        switch (note.Kind)
        {
            case NoteKind.Started when note.Child == 0 && note.Node >= 0 && note.Text is not ("Deferred" or "Mapped"):
                _started.Add(note.Event);
                _running[note.Node].Add(note);
                break;
            case NoteKind.Ended when note.Child == 0 && note.Node >= 0:
                if (_running[note.Node].Find(one => Key(one) == Key(note)) is { } ended)
                {
                    _running[note.Node].Remove(ended);
                }

                break;
            case NoteKind.Accepted when run.Event(note.Event) is { } accepted && accepted.End > note.Number:
                _open.Add(accepted);
                break;
            case NoteKind.Settled when run.Event(note.Event) is { } settled:
                _open.Remove(settled);
                break;
            case NoteKind.WaitBegun:
                _waits[Key(note)] = note;
                break;
            case NoteKind.WaitEnded:
                _waits.Remove(Key(note));
                break;
        }
    }

    /// <summary>Whether a wait of a handler can end only after the handler itself has ended.</summary>
    /// <param name="wait">The begin of the wait.</param>
    /// <param name="isCertain">Whether a need counts only if no unseen state of a node can meet it.</param>
    public bool IsCycle(Note wait, bool isCertain) => Needs(wait, Key(wait), isCertain, []);

    /// <summary>
    /// A raised event has no acceptance and is known by its work; each worker runs a part of a broadcast.
    /// </summary>
    private static (int Event, int Worker) Key(Note note) => (note.Event > 0 ? note.Event : -note.Work, note.Worker);

    /// <remarks>The search follows the waits from the root; a wait that it meets again cannot end by itself.</remarks>
    private bool Needs(Note wait, (int Event, int Worker) root, bool isCertain, HashSet<int> seen)
    {
        if (!seen.Add(wait.Token))
        {
            return true;
        }

        bool needs = NeedsOnTheWay(wait, root, isCertain, seen);
        seen.Remove(wait.Token);
        return needs;
    }

    private bool NeedsOnTheWay(Note wait, (int Event, int Worker) root, bool isCertain, HashSet<int> seen)
    {
        List<Note> running = _running[wait.Node];
        if (wait.Text is nameof(ActKind.WaitIdle) or nameof(ActKind.WaitEnd))
        {
            bool queued =
                !isCertain
                && _open.Any(story => story.Node.Index == wait.Node && NeedsEvent(story, root, isCertain, seen));
            return queued || running.Exists(one => Leads(one, root, isCertain, seen));
        }

        EventStory? awaited = run.Event((int)wait.Count);
        return awaited is not null && awaited.Accepted.Number > wait.Number && _open.Contains(awaited)
                ? NeedsEvent(awaited, root, isCertain, seen)
            : awaited?.Settled is null || awaited.Accepted.Number <= wait.Number || wait.Text == nameof(AwaitForm.Room)
                ? !isCertain && NeedsWorker(run.Nodes[wait.Node], root, isCertain, seen)
            : false;
    }

    private bool NeedsEvent(EventStory story, (int Event, int Worker) root, bool isCertain, HashSet<int> seen)
    {
        if (!_open.Contains(story))
        {
            return false;
        }

        List<Note> runs = _running[story.Node.Index].FindAll(one => one.Event == story.Number);
        if (runs.Exists(one => Leads(one, root, isCertain, seen)))
        {
            return true;
        }

        // Each worker may have its part of a broadcast in its queue, or have ended it.
        bool isInParts = story.Node.Spec is { IsPool: true, Routing: PoolRouting.Broadcast };
        if (isCertain ? _started.Contains(story.Number) : runs.Count > 0 && !isInParts)
        {
            return false;
        }

        bool mayBeElsewhere =
            story.Node.Spec.Child is not null
            || story.Node.Spec.Adapters.Count > 0
            || story.Node.HasEdits
            || !story.Node.IsPlain;
        return !(isCertain && mayBeElsewhere) && NeedsWorker(story.Node, root, isCertain, seen);
    }

    /// <summary>Whether no worker of a node is free before a handler has ended.</summary>
    private bool NeedsWorker(NodeStory node, (int Event, int Worker) root, bool isCertain, HashSet<int> seen)
    {
        List<Note> running = _running[node.Index];
        // No note says which worker an event waits for, or which workers leave.
        bool isResized = node.Calls.Exists(call => call.Kind == StepKind.Resize);
        bool isForAll = node.Spec.Routing == PoolRouting.Broadcast && (!isCertain || !node.HasShrunk);
        bool anyCounts =
            node.Spec.IsPool
            && (isForAll || (!isCertain && (isResized || node.Spec.Routing != PoolRouting.RoundRobin)));
        if (anyCounts)
        {
            return running.Exists(one => Leads(one, root, isCertain, seen));
        }

        int workers = isCertain ? node.MostWorkers : Math.Max(1, node.Spec.Workers);
        return running.Count >= workers && running.TrueForAll(one => Leads(one, root, isCertain, seen));
    }

    private bool Leads(Note running, (int Event, int Worker) root, bool isCertain, HashSet<int> seen) =>
        Key(running) == root
        || (_waits.TryGetValue(Key(running), out Note? wait) && Needs(wait, root, isCertain, seen));
}
