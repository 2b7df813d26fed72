using EventDrivenActors.Simulation.Notes;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>
/// Goes through the notes of a node and knows which of its events are open for certain, and which handlers of its own
/// process run.
/// </summary>
internal sealed class OpenCount(RunStory run, NodeStory node)
{
    private readonly HashSet<EventStory> _open = [];
    private readonly Dictionary<(int Event, int Work, int Worker), Note> _running = [];

    private bool _isEnding;

    /// <summary>Accepted, and not settled.</summary>
    public IReadOnlyCollection<EventStory> Open => _open;

    /// <summary>Handlers in the node's own process.</summary>
    public IReadOnlyCollection<Note> Running => _running.Values;

    /// <summary>
    /// Whether nothing is open for certain: the note of an end comes a moment later, before the clock moves on.
    /// </summary>
    public bool IsNoneAt(Note note)
    {
        if (_running.Count > 0)
        {
            return false;
        }

        foreach (EventStory story in _open)
        {
            if (run.IsOpenAt(story, note))
            {
                return false;
            }
        }

        return true;
    }

    public bool IsNone => _open.Count == 0 && _running.Count == 0;

    public void See(Note note)
    {
        switch (note.Kind)
        {
            case NoteKind.Accepted:
                if (
                    run.Event(note.Event) is { HasPending: true } accepted
                    && accepted.Node == node
                    && accepted.End > note.Number
                )
                {
                    _open.Add(accepted);
                }

                break;
            case NoteKind.Settled:
                if (run.Event(note.Event) is { } settled)
                {
                    _open.Remove(settled);
                }

                break;
            case NoteKind.Started when note.Child == 0 && note.Text is not ("Deferred" or "Mapped"):
                _running[(note.Event, note.Work, note.Worker)] = note;
                break;
            case NoteKind.Ended when note.Child == 0 && note.Text != "Deferred":
                _running.Remove((note.Event, note.Work, note.Worker));
                break;
            case NoteKind.CallBegun when note.Text.StartsWith("Shutdown", StringComparison.Ordinal):
                _isEnding = true;
                break;
            case NoteKind.Quiet when note.Text == nameof(ControllerState.Failed):
                // Handlers that outlive a failure no longer belong to the node, either.
                _running.Clear();
                break;
            case NoteKind.CallBegun when _isEnding && note.Text.StartsWith("Run", StringComparison.Ordinal):
            case NoteKind.CallEnded
                when _isEnding
                    && note.Text.StartsWith("Shutdown", StringComparison.Ordinal)
                    && note.Text.Contains("vetoed=False ended=True", StringComparison.Ordinal):
                // Handlers that outlive an abort no longer belong to the node.
                _isEnding = false;
                _running.Clear();
                break;
        }
    }
}
