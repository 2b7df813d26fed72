using System.Collections.Concurrent;
using System.Diagnostics;
using EventDrivenActors.Simulation.Notes;
using EventDrivenActors.Simulation.Programs;

namespace EventDrivenActors.Simulation.Worlds;

/// <summary>
/// One program on real threads and in real child processes, by the real clock. It exercises the parts that do not
/// repeat, such as the kernel and signals.
/// </summary>
internal sealed class RealWorld : IWorldControl
{
    private static readonly TimeSpan ClientTime = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(4);

    /// <summary>By the contract a shutdown returns 5 s after its deadline; a busy machine gets more.</summary>
    private static readonly TimeSpan EndTime = TimeSpan.FromSeconds(40);

    private readonly SimProgram _program;
    private readonly Scene _scene;
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("simulated-real-");
    private readonly ConcurrentBag<SubprocessAdapter> _adapters = [];
    private EventRuntime _runtime = null!;

    private RealWorld(SimProgram program)
    {
        _program = program;
        _scene = new Scene(program, TimeProvider.System);
        File.WriteAllText(
            Path.Combine(_folder.FullName, ChildScene.ProgramFileName),
            Running.ProgramFile.Text(program)
        );
    }

    public bool IsEnding { get; private set; }

    /// <summary>Runs a program, whose times should be those of <see cref="RealTimes"/>.</summary>
    public static IReadOnlyList<Note> Run(SimProgram program)
    {
        RealWorld world = new(program);
        try
        {
            ((IAsyncResult)world.RunAsync()).AsyncWaitHandle.WaitOne();
            return world.AllNotes();
        }
        finally
        {
            world._folder.Delete(recursive: true);
        }
    }

    public void AttachNested(int node, SubprocessOptions options)
    {
        // A real child inherits the environment that it needs.
    }

    public async Task DoAsync(Step step)
    {
        SubprocessAdapter? child = _adapters.FirstOrDefault(adapter => adapter.ProcessId is not null);
        switch (step.Kind)
        {
            case StepKind.SetTiming:
                _scene
                    .Timers.GetValueOrDefault(step.Node)
                    ?.SetTiming(step.Amount == 0 ? null : TimeSpan.FromMilliseconds(step.Amount));
                break;
            case StepKind.EndSystem:
                await _runtime.System.Terminate();
                break;
            case StepKind.KillChild when child is not null:
                _scene.Add(NoteKind.ChildNews, step.Node, $"child {child.ProcessId} dies, killed by a client");
                child.Kill();
                break;
            case StepKind.TerminateChild when child?.ProcessId is { } leaving:
                _scene.Add(NoteKind.ChildNews, step.Node, $"child {leaving} is asked to leave");
                Signal("-TERM", leaving);
                break;
            case StepKind.FreezeChild when child?.ProcessId is { } frozen:
                _scene.Add(NoteKind.ChildNews, step.Node, $"child {frozen} freezes");
                Signal("-STOP", frozen);
                await Task.Delay(step.Amount);
                Signal("-CONT", frozen);
                break;
        }
    }

    private static void Signal(string signal, int process)
    {
        using Process kill = Process.Start("kill", [signal, $"{process}"]);
        kill.WaitForExit();
    }

    private async Task RunAsync()
    {
        Scene.Current = _scene;
        _scene.World = this;
        _runtime = EventRuntime.Create(options =>
            options.Configuration =
                "akka { loglevel = WARNING, stdout-loglevel = OFF, loggers = "
                + "[\"EventDrivenActors.Simulation.Worlds.SimLogger, EventDrivenActors.Simulation\"] }"
        );
        NodeMaker maker = new(_scene, _runtime, Attach, _adapters.Add);
        _scene.Nodes = new IController[_program.Nodes.Count];
        for (int i = 0; i < _scene.Nodes.Length; i++)
        {
            _scene.Nodes[i] = maker.Make(i);
        }

        Task clients = Task.WhenAll(
            _program.Clients.Select(client => Task.Run(() => new Client(_scene, client, this).RunAsync()))
        );
        await Task.WhenAny(clients, Task.Delay(ClientTime));
        IsEnding = true;
        _scene.Add(NoteKind.ClientsEnded, text: clients.IsCompleted ? "all" : "some wait");
        Task ends = Task.WhenAll(
            Enumerable
                .Range(0, _scene.Nodes.Length)
                .Select(node => Offers.ShutAsync(_scene, node, ShutdownMode.Drain, (int)Deadline.TotalMilliseconds))
        );
        await Task.WhenAny(ends, Task.Delay(EndTime));
        _scene.Add(NoteKind.RuntimeEnds);
        Task over = _runtime.DisposeAsync().AsTask();
        await Task.WhenAny(over, Task.Delay(EndTime));
        await Task.WhenAny(clients, Task.Delay(Deadline));
        await AllToldAsync();
        Left("shutdowns that have not ended", ends.IsCompleted);
        Left("the runtime's end", over.IsCompleted);
        Left("clients that still wait", clients.IsCompleted);
        if (clients.IsFaulted || over.IsFaulted)
        {
            _scene.Broken(
                "P8",
                "A client or the end of the runtime throws "
                    + $"{Scene.Say((clients.Exception ?? over.Exception!).InnerException!)}"
            );
        }
    }

    /// <summary>
    /// A thread, which may have to wait for a processor, runs a callback a moment after its event has settled.
    /// </summary>
    private async Task AllToldAsync()
    {
        Stopwatch wait = Stopwatch.StartNew();
        while (!_scene.Open.IsEmpty && wait.Elapsed < Deadline)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(5));
        }

        foreach ((Pending pending, Work work) in _scene.Open)
        {
            _scene.Broken("P1", $"#{work.Id} is {pending.Status} at the end, and what waits for it has not been told.");
        }
    }

    private void Left(string what, bool isOver) => _scene.Add(NoteKind.Left, text: what, count: isOver ? 0 : 1);

    private void Attach(int node, SubprocessOptions options)
    {
        options.Environment[ChildScene.Variable] = $"{_folder.FullName}|{_scene.Began}";
        options.Restart.MinDelay = TimeSpan.FromMilliseconds(10);
    }

    /// <summary>The notes of the parent and its children, in the order of the machine's clock.</summary>
    private List<Note> AllNotes()
    {
        IEnumerable<Note> ofChildren = _folder
            .GetFiles("*.notes")
            .OrderBy(file => file.Name, StringComparer.Ordinal)
            .SelectMany(file => ChildScene.Read(file.FullName));
        Note[] notes = [.. _scene.Notes, .. ofChildren];
        return [.. notes.OrderBy(note => note.At).Select((note, index) => note with { Number = index + 1 })];
    }
}
