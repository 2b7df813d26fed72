using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>The story of one acceptance of an event.</summary>
internal sealed class EventStory(Note accepted, NodeStory node)
{
    private int _offered = int.MaxValue;

    public Note Accepted => accepted;

    public NodeStory Node => node;

    public int Number => accepted.Event;

    public int Work => accepted.Work;

    public string Key => accepted.Key;

    /// <summary>When its dispatch began, as the number of a note; it was accepted not before that.</summary>
    public int Offered
    {
        get => Math.Min(_offered, accepted.Number);
        set => _offered = value;
    }

    /// <summary>Posts and tells have none, so nothing says how they ended.</summary>
    public bool HasPending =>
        accepted.Text is not (nameof(StepKind.Post) or nameof(StepKind.PostMany) or nameof(StepKind.Tell));

    /// <summary>It is a submitted function, which has one handler and needs no mapping.</summary>
    public bool IsSubmitted =>
        accepted.Text == nameof(StepKind.Submit) || accepted is { Key: "submit", Text: "Handler" };

    public List<HandlerRun> Runs { get; } = [];

    /// <summary>The first note that says how it settled.</summary>
    public Note? Settled { get; private set; }

    public Note? SettledAgain { get; private set; }

    public Note? CancelAsked { get; set; }

    public Note? TokenFired { get; set; }

    public Note? OtherwiseHeard { get; set; }

    public PendingStatus? Status { get; private set; }

    /// <summary>The number of the note that settled it; the highest number where there is none.</summary>
    public int End => Settled?.Number ?? int.MaxValue;

    /// <summary>The first run of a mapped or submitted handler.</summary>
    public HandlerRun? First => Runs.Find(run => !run.IsDeferred);

    public bool IsDeferred => Runs.Exists(run => run.IsDeferred);

    /// <summary>How it is named in sentences.</summary>
    public string Name => $"'{Key}' #{Work}/{Number} of {node.Name}";

    public void Settle(Note note)
    {
        if (Settled is not null)
        {
            SettledAgain ??= note;
            return;
        }

        Settled = note;
        int end = note.Text.IndexOf(' ');
        Status = Enum.TryParse(end < 0 ? note.Text : note.Text.AsSpan(0, end), out PendingStatus status)
            ? status
            : null;
    }

    /// <summary>The notes that tell of it.</summary>
    public IReadOnlyList<Note> Notes()
    {
        List<Note> notes = [accepted];
        foreach (HandlerRun run in Runs)
        {
            notes.Add(run.Started);
            AddTo(notes, run.Ended);
        }

        AddTo(notes, CancelAsked);
        AddTo(notes, Settled);
        AddTo(notes, SettledAgain);
        notes.Sort((one, other) => one.Number.CompareTo(other.Number));
        return notes;
    }

    public Breach Breaks(string promise, string why, params ReadOnlySpan<Note?> more)
    {
        List<Note> notes = [.. Notes()];
        foreach (Note? note in more)
        {
            AddTo(notes, note);
        }

        return new Breach(promise, $"The event {Name} {why}", notes);
    }

    private static void AddTo(List<Note> notes, Note? note)
    {
        if (note is not null)
        {
            notes.Add(note);
        }
    }
}
