using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// A run by its notes: what happened to each event, at each node, and in each call. Made once for all rules.
/// </summary>
internal sealed class RunStory
{
    private readonly EventStory?[] _events;

    /// <summary>In which instant each note was written, by its number.</summary>
    private readonly int[] _instants;

    public RunStory(SimProgram program, IReadOnlyList<Note> notes, bool isReal)
    {
        (Program, Notes, IsReal) = (program, notes, isReal);
        Nodes =
        [
            .. program.Nodes.Select(
                (spec, index) =>
                    new NodeStory(spec, index)
                    {
                        HasStrangers = spec.Timer is not null,
                        MostWorkers = Math.Max(1, spec.Workers),
                    }
            ),
        ];
        int most = 0;
        int number = 0;
        foreach (Note note in notes)
        {
            most = Math.Max(most, note.Event);
            number = Math.Max(number, note.Number);
        }

        _events = new EventStory?[most + 1];
        _instants = new int[number + 1];
        int instant = 0;
        AddEvents(notes);
        Dictionary<int, CallStory> calls = [];
        Note? last = null;
        foreach (Note note in notes)
        {
            if (note.Node >= 0 && note.Node < Nodes.Count)
            {
                Nodes[note.Node].Notes.Add(note);
            }

            if (last is { Kind: not NoteKind.Jumped } && note.At > last.At)
            {
                instant++;
                if (ClientsEnded == int.MaxValue)
                {
                    QuietPoints.Add(last.Number);
                }
            }

            _instants[note.Number] = instant;
            last = note;
            AddToEvent(note);
            AddCall(note, calls);
            AddToNode(note);
        }
    }

    public SimProgram Program { get; }

    public IReadOnlyList<Note> Notes { get; }

    public bool IsReal { get; }

    public IReadOnlyList<NodeStory> Nodes { get; }

    /// <summary>All accepted events, in the order of their acceptance.</summary>
    public List<EventStory> Events { get; } = [];

    /// <summary>When the actor system was ended, as the number of a note; the highest number if never.</summary>
    public int SystemEnded { get; private set; } = int.MaxValue;

    /// <summary>When the program's clients had ended, as the number of a note; the highest number if never.</summary>
    public int ClientsEnded { get; private set; } = int.MaxValue;

    /// <summary>Calls of no node.</summary>
    public List<CallStory> OtherCalls { get; } = [];

    public EventStory? Event(int number) => number > 0 && number < _events.Length ? _events[number] : null;

    /// <summary>
    /// The notes after which the clock moved on by itself, which it does only when nothing can run: as numbers, until
    /// the clients had ended.
    /// </summary>
    public List<int> QuietPoints { get; } = [];

    /// <summary>
    /// Counts the instants: between two of them nothing could run, and the clock moved on by itself. A jump of the
    /// clock begins no new one.
    /// </summary>
    public int Instant(Note note) => _instants[note.Number];

    /// <summary>As <see cref="Instant"/>, by the number of a note.</summary>
    public int InstantAt(int number) => _instants[number];

    /// <summary>
    /// Whether an event has certainly not settled at a note: an end is told a moment later, in the same instant.
    /// </summary>
    public bool IsOpenAt(EventStory story, Note note)
    {
        if (story.Accepted.Number > note.Number || story.End < note.Number)
        {
            return false;
        }

        return story.Settled is null
            || Instant(story.Settled) > Instant(note)
            || story.Runs.Exists(run =>
                run.Started.Child == 0 && run.Ended?.Number > note.Number && run.Ended.Number < story.End
            );
    }

    /// <summary>By how many milliseconds the clock has jumped between two notes.</summary>
    public double Jumps(int from, int to)
    {
        double sum = 0;
        foreach (Note note in Notes)
        {
            if (note.Kind == NoteKind.Jumped && note.Number > from && note.Number <= to)
            {
                sum += note.Count;
            }
        }

        return sum;
    }

    /// <summary>
    /// Whether a child of a node may be stopped when it has said that it starts an event, and before a note says so.
    /// </summary>
    public bool MayStopAtAStart(NodeStory node) =>
        Program.Faults.Any(fault => fault.Node == node.Index && fault.Word == "Started");

    /// <summary>The number of the first note in an instant.</summary>
    public int BeginOfInstant(Note note) => Array.IndexOf(_instants, Instant(note), 1);

    /// <summary>Finds the work with an id.</summary>
    public Work? Plan(int id) => Program.AllWork.FirstOrDefault(work => work.Id == id);

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
            // A client cancels what it has dispatched, and names it by its work.
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
                // Of a batch that was refused, a part may have been queued.
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
