namespace EventDrivenActors.Simulation.Notes;

/// <summary>One thing that happened in a run. The oracle knows a run by its notes alone.</summary>
internal sealed record Note
{
    /// <summary>Its place in the run.</summary>
    public required int Number { get; init; }

    /// <summary>The clock, in milliseconds since the run began.</summary>
    public required double At { get; init; }

    public required NoteKind Kind { get; init; }

    /// <summary>The index of the node; -1 where it concerns none.</summary>
    public int Node { get; init; } = -1;

    /// <summary>
    /// Which acceptance of an event it concerns; 0 for none. Each accepted dispatch has one of its own, so an event
    /// that is dispatched twice has two.
    /// </summary>
    public int Event { get; init; }

    /// <summary>The <c>Work.Id</c>; 0 for none.</summary>
    public int Work { get; init; }

    public string Key { get; init; } = "";

    /// <summary>The index of the worker in its pool; -1 where that is not known.</summary>
    public int Worker { get; init; } = -1;

    /// <summary>Which child of the node, counted from 1; 0 in the node's own process.</summary>
    public int Child { get; init; }

    public int Attempt { get; init; } = 1;

    /// <summary>
    /// The run of the interpreter's steps or waits it belongs to: the begin and the end of one wait have the same.
    /// </summary>
    public int Token { get; init; }

    /// <summary>A status, a mode, an exception's type, or other words, as the kind says.</summary>
    public string Text { get; init; } = "";

    public long Count { get; init; }

    public override string ToString()
    {
        string who = Node < 0 ? "" : $" n{Node}{(Child > 0 ? $"/child{Child}" : "")}{WorkerText}";
        string what =
            Event == 0 && Work == 0
                ? ""
                : $" {Key}#{Work}{(Event > 0 ? $"/{Event}" : "")}{(Attempt > 1 ? $" attempt {Attempt}" : "")}";
        string rest =
            $"{(Token > 0 ? $" ({Token})" : "")}{(Text.Length > 0 ? $" {Text}" : "")}{(Count != 0 ? $" {Count}" : "")}";
        return FormattableString.Invariant($"{Number,5} {At,10:0.###} {Kind}{who}{what}{rest}");
    }

    private string WorkerText =>
        Worker < 0 ? ""
        : Kind is NoteKind.WaitBegun or NoteKind.WaitEnded ? $" by [{Worker}]"
        : $"[{Worker}]";
}
