using System.Collections.Concurrent;
using Akka.Configuration;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Handlers;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>A runtime whose controllers have children that note what they do, and the history of all of it.</summary>
internal sealed class ChaosRig : IAsyncDisposable
{
    private readonly ConcurrentQueue<SubprocessAdapter> _children = [];

    /// <summary>Creates a rig.</summary>
    /// <param name="hocon">Settings above the defaults.</param>
    public ChaosRig(string hocon = "")
    {
        Config configuration = ConfigurationFactory.ParseString("akka { loglevel = ERROR, stdout-loglevel = ERROR }");
        Runtime = EventRuntime.Create(options =>
            options.Configuration = ConfigurationFactory.ParseString(hocon).WithFallback(configuration)
        );
    }

    public ChaosFolder Folder { get; } = new();

    public Recorder Recorder { get; } = new(TimeProvider.System);

    public EventRuntime Runtime { get; }

    /// <summary>The children of all controllers, in the order in which they were made.</summary>
    public IReadOnlyList<SubprocessAdapter> Children => [.. _children];

    /// <summary>Gives a controller a child that restarts at once, however often it dies.</summary>
    public void AddChild(ControllerOptions options, Action<SubprocessOptions>? configure = null) =>
        _children.Enqueue(
            options.AddSubprocess(child =>
            {
                ChaosHandlers.Map(child.Mapping);
                child.Environment[Notebook.FolderVariable] = Folder.Notes;
                child.Restart.MinDelay = child.Restart.MaxDelay = TimeSpan.FromMilliseconds(1);
                child.Restart.MaxRestarts = int.MaxValue;
                child.OutputReceived = _ => { };
                configure?.Invoke(child);
            })
        );

    public Controller StartController(
        string name,
        Action<SubprocessOptions>? configure = null,
        Action<ControllerOptions>? parent = null
    )
    {
        Controller controller = Runtime.CreateController(options =>
        {
            options.Name = name;
            AddChild(options, configure);
            parent?.Invoke(options);
        });
        controller.Run();
        return controller;
    }

    /// <summary>Ends the runtime and all children, looks for leftovers, and judges the run.</summary>
    public async Task<Verdict> EndAsync(TimeSpan patience)
    {
        await Recorder.SettledAsync(patience);
        await Runtime.DisposeAsync();
        return await JudgeAsync();
    }

    /// <summary>Judges what was recorded; no child may be running.</summary>
    public async Task<Verdict> JudgeAsync()
    {
        IReadOnlyList<Note> notes = Notebook.Read(Folder.Notes);
        foreach (string left in await Leftovers.FindAsync(Folder, notes.Select(note => note.ProcessId)))
        {
            Recorder.Leftover(left);
        }

        return InvariantChecker.Check(await Recorder.HistoryAsync(notes));
    }

    public async ValueTask DisposeAsync()
    {
        await Runtime.DisposeAsync();
        Folder.Dispose();
    }
}
