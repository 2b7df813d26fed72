using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// The story of a run, read from its notes: of each event, each node and each call. All rules share it.
/// </summary>
internal sealed partial class RunStory
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
    /// Whether an event has certainly not settled at a note: the note of an end comes a moment later, in the same
    /// instant.
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
    /// Whether a child of a node may be stopped between its message that it starts an event and the note of the start.
    /// </summary>
    public bool MayStopAtAStart(NodeStory node) =>
        Program.Faults.Any(fault => fault.Node == node.Index && fault.Word == "Started");

    /// <summary>The number of the first note in an instant.</summary>
    public int BeginOfInstant(Note note) => Array.IndexOf(_instants, Instant(note), 1);

    /// <summary>Finds the work with an id.</summary>
    public Work? Plan(int id) => Program.AllWork.FirstOrDefault(work => work.Id == id);
}
