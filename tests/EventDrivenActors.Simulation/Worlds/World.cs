using Akka.Actor;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestKit.Children;
using EventDrivenActors.TestKit.Loops;
using EventDrivenActors.Waits;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// One program in a simulated world: builds its nodes, runs its clients, moves the clock when nothing else can happen,
/// and ends everything.
/// </summary>
internal sealed class World(
    SimProgram program,
    ActorSystem system,
    VirtualTime time,
    LoopWork work,
    PoolPump pump,
    Random random
) : IWorldControl
{
    /// <summary>The time of the clients. A client that still waits then waits for the end.</summary>
    private static readonly TimeSpan ClientTime = TimeSpan.FromMinutes(3);

    /// <summary>The time of the clients if a timer ticks all the time.</summary>
    private static readonly TimeSpan TickingTime = TimeSpan.FromMinutes(1);

    /// <summary>A drain of 30 s and the time that the contract adds, with room for slow adapters.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromMinutes(3);

    private readonly Scene _scene = new(program, time);
    private readonly List<SimulatedChildren?> _children = [];
    private readonly SimulatedChildren _nested = new(work, time, system, random);
    private string[] _seen = [];

    public Scene Scene => _scene;

    public bool IsEnding { get; private set; }

    public async Task RunAsync()
    {
        Scene.Current = _scene;
        _scene.World = this;
        WaitWatch.OfProcess = new WaitWatch(time);
        EventRuntime runtime = EventRuntime.For(
            system,
            options =>
            {
                options.TimeProvider = time;
                options.DrainBudget = 1 + (program.Seed & 3);
            }
        );
        for (int i = 0; i < program.Nodes.Count; i++)
        {
            _children.Add(program.Nodes[i].Child is null ? null : MakeChildren(i));
        }

        NodeMaker maker = new(_scene, runtime, (node, options) => _children[node]!.Attach(options));
        IController[] nodes = new IController[program.Nodes.Count];
        _scene.Nodes = nodes;
        for (int i = 0; i < nodes.Length; i++)
        {
            nodes[i] = maker.Make(i);
        }

        _seen = new string[nodes.Length];
        Task clients = Task.WhenAll(program.Clients.Select(client => new Client(_scene, client, this).RunAsync()));
        await DriveAsync(clients, program.Nodes.Any(node => node.Timer is not null) ? TickingTime : ClientTime);
        IsEnding = true;
        _scene.Add(NoteKind.ClientsEnded, text: clients.IsCompleted ? "all" : "some wait");
        Task ends = Task.WhenAll(
            Enumerable.Range(0, nodes.Length).Select(node => Offers.ShutAsync(_scene, node, ShutdownMode.Drain, null))
        );
        await DriveAsync(ends, EndTime);
        _scene.Add(NoteKind.RuntimeEnds);
        Task over = runtime.DisposeAsync().AsTask();
        await DriveAsync(over, EndTime);
        await time.AdvanceAsync(TimeSpan.FromMinutes(2));
        _scene.Add(NoteKind.Left, text: "shutdowns that have not ended", count: ends.IsCompleted ? 0 : 1);
        _scene.Add(NoteKind.Left, text: "clients that still wait", count: clients.IsCompleted ? 0 : 1);
        _scene.Add(NoteKind.Left, text: "the runtime's end", count: over.IsCompleted ? 0 : 1);
        _scene.Add(NoteKind.Left, text: "timers", count: time.NextDue is null ? 0 : 1);
        _scene.Add(
            NoteKind.Left,
            text: "children",
            count: _nested.Living + _children.Sum(children => children?.Living ?? 0)
        );
        if (over.IsFaulted)
        {
            _scene.Broken("P8", $"The end of the runtime throws {Scene.Say(over.Exception!.InnerException!)}");
        }
    }

    public void AttachNested(int node, SubprocessOptions options) => _nested.Attach(options);

    public async Task DoAsync(Step step)
    {
        switch (step.Kind)
        {
            case StepKind.Jump:
                _scene.Add(NoteKind.Jumped, count: step.Amount);
                time.Jump(TimeSpan.FromMilliseconds(step.Amount));
                break;
            case StepKind.SetTiming:
                _scene
                    .Timers.GetValueOrDefault(step.Node)
                    ?.SetTiming(step.Amount == 0 ? null : TimeSpan.FromMilliseconds(step.Amount));
                break;
            case StepKind.KillChild:
                _children[step.Node]?.KillNow();
                break;
            case StepKind.FreezeChild:
                _children[step.Node]?.FreezeNow(TimeSpan.FromMilliseconds(step.Amount));
                break;
            case StepKind.TerminateChild:
                _children[step.Node]?.TerminateNow();
                break;
            case StepKind.StarveChild:
                _children[step.Node]?.StarveNow(TimeSpan.FromMilliseconds(step.Amount));
                break;
            case StepKind.GrowChild:
                _children[step.Node]?.Memory = step.Amount * 1024L * 1024;
                break;
            case StepKind.StarveParent:
                pump.Starve(step.Amount);
                break;
            case StepKind.EndSystem:
                await system.Terminate();
                break;
        }
    }

    private SimulatedChildren MakeChildren(int node)
    {
        SimulatedChildren children = new(work, time, system, random)
        {
            Trace = line => _scene.Add(NoteKind.ChildNews, node, line),
        };
        foreach (FaultSpec fault in program.Faults.Where(fault => fault.Node == node))
        {
            children.Add(
                new SimulatedFault(
                    Enum.Parse<SimulatedFaultKind>(fault.Kind),
                    Enum.Parse<SimulatedWord>(fault.Word),
                    fault.Nth,
                    fault.Amount
                )
            );
        }

        return children;
    }

    /// <summary>Lets everything happen, from timer to timer, until a task has ended or its time is over.</summary>
    private async Task DriveAsync(Task task, TimeSpan limit)
    {
        long began = time.GetTimestamp();
        while (true)
        {
            await time.AdvanceAsync(TimeSpan.Zero);
            LookAround();
            if (task.IsCompleted || time.NextDue is not { } next || time.GetElapsedTime(began) + next > limit)
            {
                return;
            }

            await time.AdvanceAsync(next);
        }
    }

    /// <summary>Notes the changed states of nodes, at an instant when nothing can run.</summary>
    private void LookAround()
    {
        for (int i = 0; i < _scene.Nodes.Length; i++)
        {
            IController node = _scene.Nodes[i];
            string says = $"{node.State}{(node.IsIdle ? " idle" : "")}";
            if (says != _seen[i])
            {
                _seen[i] = says;
                _scene.Add(NoteKind.Quiet, i, $"{node.State}", count: node.IsIdle ? 1 : 0);
            }
        }
    }
}
