using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Oracles;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Tests.Oracles;

/// <summary>The notes of a run that a test tells.</summary>
internal sealed class History
{
    private readonly List<Note> _notes = [];
    private readonly Dictionary<int, (int Node, string Key)> _places = [];
    private double _at;

    public List<NodeSpec> Nodes { get; } = [];

    public List<Work> Works { get; } = [];

    public static KeySpec Key(string key = "k0", HookKind before = HookKind.None) =>
        new(key, HandlerShape.Task, before);

    /// <summary>A controller with the key <c>k0</c>.</summary>
    public History Controller(Func<NodeSpec, NodeSpec>? with = null)
    {
        NodeSpec spec = new() { Name = $"n{Nodes.Count}", Keys = [Key()] };
        Nodes.Add(with is null ? spec : with(spec));
        return this;
    }

    /// <summary>A controller whose child has the key <c>k0</c>.</summary>
    public History Parent(Func<ChildSpec, ChildSpec>? with = null)
    {
        ChildSpec child = new() { Keys = [Key()] };
        return Controller(spec => spec with { Keys = [], Child = with is null ? child : with(child) });
    }

    public History Pool(int workers, PoolRouting routing = PoolRouting.RoundRobin) =>
        Controller(spec => spec with { Workers = workers, Routing = routing });

    /// <summary>The clock moves on.</summary>
    public History After(double milliseconds)
    {
        _at += milliseconds;
        return this;
    }

    public History Offer(int number, string kind = "Dispatch", int node = 0) =>
        Add(NoteKind.Offered, number, kind, node: node);

    /// <summary>An event whose work has the same number.</summary>
    public History Accept(int number, string kind = "Dispatch", int node = 0, string key = "k0", int timeout = 0)
    {
        _places[number] = (node, key);
        return Offer(number, kind, node).Add(NoteKind.Accepted, number, kind, count: timeout);
    }

    public History Start(int number, int child = 0, int worker = 0, int attempt = 1, string text = "Task") =>
        Add(NoteKind.Started, number, text, child: child, worker: worker, attempt: attempt);

    public History End(int number, string text = "Returned", int child = 0, int worker = 0, int attempt = 1) =>
        Add(NoteKind.Ended, number, text, child: child, worker: worker, attempt: attempt);

    public History Settle(int number, string status = "Completed", int? results = null) =>
        Add(NoteKind.Settled, number, status, count: results ?? (status == "Completed" ? 1 : 0));

    /// <summary>Accepts, runs, and settles an event.</summary>
    public History Run(int number) => Accept(number).Start(number).End(number).Settle(number);

    public History Begin(string text, int token, int node = 0, long count = 0) =>
        Add(NoteKind.CallBegun, text: text, node: node, token: token, count: count);

    public History Return(string text, int token, int node = 0, long count = 0) =>
        Add(NoteKind.CallEnded, text: text, node: node, token: token, count: count);

    /// <summary>A call that returns at once.</summary>
    public History Call(string kind, int token, int node = 0, long count = 0) =>
        Begin($"{kind} {count}", token, node, count).Return($"{kind} ended", token, node, count);

    public History Wait(int number, string form, int token, int node, int awaited = 0) =>
        Add(NoteKind.WaitBegun, number, form, node: node, worker: 0, token: token, count: awaited);

    public History Waited(int number, string how, int token, int node, int awaited = 0) =>
        Add(NoteKind.WaitEnded, number, how, node: node, worker: 0, token: token, count: awaited);

    public History Add(
        NoteKind kind,
        int number = 0,
        string text = "",
        int? node = null,
        int child = 0,
        int worker = -1,
        int attempt = 1,
        int token = 0,
        long count = 0
    )
    {
        (int Node, string Key) place = _places.GetValueOrDefault(number, (number == 0 ? -1 : 0, "k0"));
        _notes.Add(
            new Note
            {
                Number = _notes.Count + 1,
                At = _at,
                Kind = kind,
                Node = node ?? place.Node,
                Event = number,
                Work = number,
                Key = number == 0 ? "" : place.Key,
                Child = child,
                Worker = worker,
                Attempt = attempt,
                Token = token,
                Text = text,
                Count = count,
            }
        );
        return this;
    }

    public IReadOnlyList<Breach> Check(bool isReal = false)
    {
        if (Nodes.Count == 0)
        {
            Controller();
        }

        Step step = new(StepKind.Dispatch) { Works = Works };
        return Oracle.Check(new SimProgram(1, Nodes, [new ClientSpec([step])], []), _notes, isReal);
    }

    public void IsGood() => Assert.Empty(Check());

    /// <summary>One promise is broken, and nothing else.</summary>
    public void Breaks(string promise, string part)
    {
        Breach breach = Assert.Single(Check());
        Assert.Equal(promise, breach.Promise);
        Assert.Contains(part, breach.Sentence, StringComparison.Ordinal);
        Assert.NotEmpty(breach.Evidence);
    }
}
