namespace EventDrivenActors.Chaos.Checking;

/// <summary>One event with all that was recorded of it, in the order of time.</summary>
internal sealed class EventRecord(
    AcceptedEvent accepted,
    IReadOnlyList<Settlement> settlements,
    IReadOnlyList<Note> notes,
    RunHistory history,
    Injected injected
)
{
    public AcceptedEvent Event => accepted;

    public IReadOnlyList<Settlement> Settlements => settlements;

    public IReadOnlyList<Note> Begins { get; } =
    [.. notes.Where(note => note.Kind == NoteKind.Begin).OrderBy(note => note.At)];

    public IReadOnlyList<Note> Notes => notes;

    public bool HasEnded { get; } = notes.Any(note => note.Kind == NoteKind.End);

    public bool WasCancelled => history.CancelAsked.Contains(accepted.Id);

    public bool Had(Injected injection) => (injected & injection) != 0;

    public Violation Violates(ViolationKind kind, string what)
    {
        string how =
            settlements.Count == 0
                ? "is open"
                : $"ended as {string.Join(" and ", settlements.Select(one => one.Status))}";
        string ran = Begins.Count switch
        {
            0 => "never ran",
            1 => "ran once",
            int times => $"ran {times} times",
        };
        string reason = settlements.FirstOrDefault(one => one.Reason.Length > 0)?.Reason is { } text
            ? $" ({text})"
            : "";
        return new Violation(
            kind,
            accepted.Id,
            $"{kind}: event {accepted.Id} of '{accepted.Controller}' "
                + $"({accepted.Deed}{(accepted.Idempotent ? ", idempotent" : "")}) {how} and {ran}: {what}{reason}"
        );
    }
}
