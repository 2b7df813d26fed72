using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Oracles;

/// <summary>The story of one controller or pool.</summary>
internal sealed class NodeStory
{
    public NodeStory(NodeSpec spec, int index)
    {
        (Spec, Index) = (spec, index);
        IsPlain =
            spec is { Adapters.Count: 0, Child: null }
            && spec.Keys.All(key => key.Before == HookKind.None && key.Shape != HandlerShape.Nested);
    }

    public NodeSpec Spec { get; }

    public int Index { get; }

    public string Name => $"'{Spec.Name}'";

    /// <summary>Its notes, in order.</summary>
    public List<Note> Notes { get; } = [];

    public List<Note> Quiets { get; } = [];

    public List<EventStory> Events { get; } = [];

    public List<CallStory> Calls { get; } = [];

    /// <summary>The notes of its children, without their starts.</summary>
    public List<Note> Troubles { get; } = [];

    /// <summary>The most workers that it has had.</summary>
    public int MostWorkers { get; set; }

    /// <summary>Whether its pool may have had a worker that leaves.</summary>
    public bool HasShrunk
    {
        get
        {
            int size = Spec.Workers;
            foreach (CallStory call in Calls)
            {
                if (call.Kind == StepKind.Resize)
                {
                    if (call.Begun.Count < size)
                    {
                        return true;
                    }

                    size = (int)call.Begun.Count;
                }
            }

            return false;
        }
    }

    /// <summary>Whether the node takes events without a note of acceptance: ticks, forwarded and raised ones.</summary>
    public bool HasStrangers { get; set; }

    public bool HasEdits { get; set; }

    /// <summary>Hooks, filters and adapters may run before the first handler is seen.</summary>
    public bool IsPlain { get; }

    /// <summary>The number of the note of its first run; the highest number if it never ran.</summary>
    public int FirstRun { get; set; } = int.MaxValue;

    public bool SharesOneQueue => !Spec.IsPool || Spec.Routing == PoolRouting.RoundRobin;

    public bool Has(AdapterKind kind) => Spec.Adapters.Contains(kind);

    public KeySpec? Mapped(string key) => Find(Spec.Keys, key);

    public KeySpec? MappedInChild(string key) => Spec.Child is { } child ? Find(child.AllKeys(), key) : null;

    /// <summary>Whether a before hook of the event's key is of a kind, in the node or in its child.</summary>
    public bool HasHook(EventStory story, HookKind kind) =>
        !story.IsSubmitted && (Mapped(story.Key)?.Before == kind || MappedInChild(story.Key)?.Before == kind);

    /// <summary>Whether an event runs in the child, as far as the program's first mapping says.</summary>
    public bool GoesToChild(EventStory story) =>
        Spec.Child is not null
        && (
            story.IsSubmitted
            || (Mapped(story.Key) is null && (!Spec.HasOtherwise || MappedInChild(story.Key) is not null))
        );

    public bool IsIdempotent(EventStory story) => GoesToChild(story) && Spec.Child!.Idempotent.Contains(story.Key);

    /// <summary>The last state that the node showed when nothing could run, up to a note.</summary>
    public Note? Quiet(int until)
    {
        Note? last = null;
        foreach (Note note in Quiets)
        {
            if (note.Number > until)
            {
                break;
            }

            last = note;
        }

        return last;
    }

    /// <summary>
    /// Whether the node gives up in the instant of a note. It writes that to its log, and its state is Failed at the
    /// end of the instant unless it runs again. Its handlers run on without it, and it is neither suspended nor busy
    /// any more.
    /// </summary>
    public bool FailsWith(RunStory run, Note note) =>
        Quiets.Exists(quiet => quiet.Text == nameof(ControllerState.Failed) && run.Instant(quiet) == run.Instant(note))
        || run.Notes.Any(log =>
            log.Kind == NoteKind.Logged
            && log.Text.Contains($"'{Spec.Name}' gave up", StringComparison.Ordinal)
            && run.Instant(log) == run.Instant(note)
        );

    private static KeySpec? Find(IReadOnlyList<KeySpec> keys, string key)
    {
        foreach (KeySpec one in keys)
        {
            if (one.Key == key)
            {
                return one;
            }
        }

        return null;
    }
}
