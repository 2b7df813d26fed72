using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Tests.Checking;

/// <summary>A history written by hand: each event is accepted, noted and settled as a test says.</summary>
internal sealed class Story
{
    private readonly List<AcceptedEvent> _accepted = [];
    private readonly List<Settlement> _settlements = [];
    private readonly List<Note> _notes = [];
    private long _clock;

    public HashSet<int> Killed { get; } = [];

    public HashSet<long> CancelAsked { get; } = [];

    public Injected Injected { get; set; }

    public List<string> Leftovers { get; } = [];

    public Story Accept(long id, Deed deed = Deed.Work, Func<AcceptedEvent, AcceptedEvent>? with = null)
    {
        AcceptedEvent accepted = new(id, "one", deed);
        _accepted.Add(with?.Invoke(accepted) ?? accepted);
        return this;
    }

    public Story Begin(long id, int process = 1, int attempt = 1) => Note(NoteKind.Begin, id, process, attempt);

    public Story End(long id, int process = 1, int attempt = 1) => Note(NoteKind.End, id, process, attempt);

    public Story Run(long id, int process = 1, int attempt = 1) =>
        Begin(id, process, attempt).End(id, process, attempt);

    public Story Settle(long id, PendingStatus status, Func<Settlement, Settlement>? with = null)
    {
        Settlement settlement = new(id, status, TimeSpan.Zero);
        _settlements.Add(with?.Invoke(settlement) ?? settlement);
        return this;
    }

    public Verdict Check() =>
        InvariantChecker.Check(
            new RunHistory
            {
                Accepted = _accepted,
                Settlements = _settlements,
                Notes = _notes,
                Killed = Killed,
                CancelAsked = CancelAsked,
                Injected = new Dictionary<string, Injected> { ["one"] = Injected },
                Leftovers = Leftovers,
            }
        );

    private Story Note(NoteKind kind, long id, int process, int attempt)
    {
        _notes.Add(new Note(kind, id, process, attempt, ++_clock));
        return this;
    }
}
