using System.Collections.Concurrent;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>The current run, shared by its handlers and clients. A process has one at a time.</summary>
/// <param name="program">The program that runs.</param>
/// <param name="time">The clock.</param>
/// <param name="began">When the run began; null for now.</param>
internal sealed class Scene(SimProgram program, TimeProvider time, long? began = null)
{
    private static Scene? _current;

    private readonly Lock _gate = new();
    private readonly long _began = began ?? time.GetTimestamp();
    private readonly List<Note> _notes = [];
    private readonly Dictionary<IController, int> _children = new(ReferenceEqualityComparer.Instance);
    private int _accepted;
    private int _tokens;

    public static Scene Current
    {
        get => _current ?? LazyInitializer.EnsureInitialized(ref _current, ChildScene.Open);
        set => _current = value;
    }

    /// <summary>Whether it is on real threads, which may block.</summary>
    public bool IsReal => ReferenceEquals(time, TimeProvider.System);

    public long Began => _began;

    /// <summary>In a real child: the folder of the run.</summary>
    public string? Folder { get; init; }

    /// <summary>In a real child: takes the notes.</summary>
    public Action<Note>? Sink { get; init; }

    public SimProgram Program => program;

    public TimeProvider Time => time;

    public IReadOnlyList<Note> Notes => _notes;

    /// <summary>The accepted events without a note of their settlement.</summary>
    public ConcurrentDictionary<Pending, Work> Open { get; } = new(ReferenceEqualityComparer.Instance);

    /// <summary>The nodes, once they are made.</summary>
    public IController[] Nodes { get; set; } = [];

    /// <summary>Controls the world around the program; null in a real child.</summary>
    public IWorldControl? World { get; set; }

    /// <summary>The timers of nodes that have one.</summary>
    public Dictionary<int, TimerAdapter> Timers { get; } = [];

    /// <summary>The node of an event's session: in a child that of its parent.</summary>
    public int NodeOf(Session session) => NodeOf(session.Pool ?? session.Self);

    public int NodeOf(IController controller) => NodeOf((controller.Pool ?? controller).Name);

    public int NodeOf(string name)
    {
        for (int i = 0; i < program.Nodes.Count; i++)
        {
            if (name == program.Nodes[i].Name || name.StartsWith(program.Nodes[i].Name + "/", StringComparison.Ordinal))
            {
                return i;
            }
        }

        return -1;
    }

    /// <summary>How the event of a session is mapped where it is handled.</summary>
    public KeySpec? KeyOf(Session session)
    {
        NodeSpec node = program.Nodes[NodeOf(session)];
        return (session.Parent is null ? node.Keys : node.Child!.AllKeys()).FirstOrDefault(key =>
            key.Key == $"{session.Event}"
        );
    }

    /// <summary>Which child a session is in, counted as they are seen; 0 in none.</summary>
    public int ChildOf(Session session)
    {
        if (session.Parent is null)
        {
            return 0;
        }

        IController child = session.Pool ?? session.Self;
        lock (_gate)
        {
            return Folder is not null ? Environment.ProcessId
                : _children.TryGetValue(child, out int number) ? number
                : _children[child] = _children.Count + 1;
        }
    }

    public int NextEvent() => Interlocked.Increment(ref _accepted);

    public int NextToken() => Interlocked.Increment(ref _tokens);

    public void Add(Note note)
    {
        lock (_gate)
        {
            Note made = note with { Number = _notes.Count + 1, At = time.GetElapsedTime(_began).TotalMilliseconds };
            if (Sink is { } sink)
            {
                sink(made);
            }
            else
            {
                _notes.Add(made);
            }
        }
    }

    public void Add(NoteKind kind, int node = -1, string text = "", int token = 0, long count = 0) =>
        Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = kind,
                Node = node,
                Text = text,
                Token = token,
                Count = count,
            }
        );

    public void Add(NoteKind kind, Work work, int node, string key, string text = "", int token = 0, long count = 0) =>
        Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = kind,
                Node = node,
                Event = work.Event,
                Work = work.Id,
                Key = key,
                Text = text,
                Token = token,
                Count = count,
            }
        );

    /// <summary>Notes an act or an observation of a handler.</summary>
    public void Add(NoteKind kind, Session session, Work work, string text = "", int token = 0, long count = 0) =>
        Add(
            new Note
            {
                Number = 0,
                At = 0,
                Kind = kind,
                Node = NodeOf(session),
                Event = work.Event,
                Work = work.Id,
                Key = $"{session.Event}",
                Worker = session.WorkerIndex,
                Child = ChildOf(session),
                Attempt = session.Attempt,
                Text = text,
                Token = token,
                Count = count,
            }
        );

    /// <summary>Notes a broken promise that the program's own code has seen.</summary>
    public void Broken(string promise, string sentence, int node = -1) =>
        Add(NoteKind.Broken, node, $"{promise} {sentence}");

    /// <summary>The text of an exception in notes.</summary>
    public static string Say(Exception exception) =>
        $"{exception.GetType().Name}: {exception.Message.ReplaceLineEndings(" ")}";
}
