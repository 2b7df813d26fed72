using Akka.Event;
using EventDrivenActors.Subprocess.Remoting;
using EventDrivenActors.TestKit;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Subprocess.Tests.Children;

/// <summary>
/// Children that are let go: they leave by themselves where they can, and are gone in any case. The clock stands still,
/// so that a slow machine has the time to let them.
/// </summary>
public sealed class LeavingTests : ChildTest, IDisposable
{
    private readonly DirectoryInfo _notes = Directory.CreateTempSubdirectory("leaving-");
    private readonly Journal<string> _log = new();

    public LeavingTests()
        : base(time: new VirtualTime())
    {
        Harness.Runtime.System.EventStream.SetLogLevel(LogLevel.DebugLevel);
        LogTap.Attach(Harness.Runtime.System, log => _log.Add($"{log.Message}"));
    }

    public void Dispose() => _notes.Delete(recursive: true);

    [Fact]
    public async Task Shutdown_LetsTheChildLeaveWithCodeZeroAndItsExitHandlersRun()
    {
        Controller controller = Harness.Start();
        await NoteExitAsync(controller);

        await controller.ShutdownAsync().Guarded();

        Assert.Single(_notes.GetFiles());
        await ExitedAsync("exited with code 0");
    }

    [Fact]
    public async Task Shutdown_OfAHandlerThatObeysItsToken_LetsTheChildLeaveToo()
    {
        Controller controller = Harness.Start();
        await NoteExitAsync(controller);
        Pending obeying = controller.Dispatch("obey-token");
        await Harness.HeardAsync("obeying");

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, obeying.Status);
        Assert.Single(_notes.GetFiles());
    }

    [Fact]
    public async Task Shutdown_WithAThreadLeftBehind_EndsTheChildAllTheSame()
    {
        Controller controller = Harness.Start();
        await NoteExitAsync(controller);
        await controller.Dispatch("leave-thread").Guarded();

        await controller.ShutdownAsync().Guarded();

        await ExitedAsync("exited with code 0");
    }

    [Fact]
    public async Task Shutdown_OfAChildThatHangsInItsExit_KillsItWithItsProcesses()
    {
        Controller controller = Harness.Start();
        int child = await ProcessOfAsync(controller);
        int grandchild = (int)(await controller.Dispatch("block-exit").Guarded())[0]!;

        await Harness.PassTimeAsync(controller.ShutdownAsync());

        await Launching.Processes.GoneAsync(child).Guarded();
        await Launching.Processes.GoneAsync(grandchild).Guarded();
        await ExitedAsync("ended by signal 9");
    }

    [Fact]
    public async Task Recycling_LetsTheOldChildLeave()
    {
        Controller controller = Harness.Start(child => child.Recycling.MaxEvents = 2);
        int first = await NoteExitAsync(controller);

        await controller.Dispatch("process").Guarded();
        Assert.NotEqual(first, await ProcessOfAsync(controller));

        await ExitedAsync($"(RecycledByEvents): the child process '{first}' exited with code 0");
        Assert.Contains(_notes.GetFiles(), note => note.Name == $"{first}");
    }

    [Fact]
    public async Task Spare_ThatIsNotNeeded_Leaves()
    {
        Controller controller = Harness.Start(child =>
        {
            child.WarmSpare = true;
            child.Mapping.On(
                ControllerEvents.WorkerPrepare,
                static () =>
                {
                    ChildWork.NoteExit(
                        Path.Combine(Environment.GetEnvironmentVariable("EXIT_NOTES")!, $"{Environment.ProcessId}")
                    );
                }
            );
            child.Environment["EXIT_NOTES"] = _notes.FullName;
        });
        int active = await ProcessOfAsync(controller);
        int spare = await SpareAsync(active);

        await controller.ShutdownAsync().Guarded();

        Assert.Equal(new[] { $"{active}", $"{spare}" }.Order(), _notes.GetFiles().Select(note => note.Name).Order());
    }

    [Fact]
    public async Task Pool_ThatShrinks_LetsItsChildLeave()
    {
        ControllerPool pool = Harness.StartPool(
            2,
            child =>
            {
                child.Mapping.On(
                    ControllerEvents.WorkerPrepare,
                    static () =>
                    {
                        ChildWork.NoteExit(
                            Path.Combine(Environment.GetEnvironmentVariable("EXIT_NOTES")!, $"{Environment.ProcessId}")
                        );
                    }
                );
                child.Environment["EXIT_NOTES"] = _notes.FullName;
            }
        );
        foreach (SubprocessAdapter child in Harness.Children)
        {
            await ReplacedAsync(child, restarts: 0);
        }

        pool.Resize(1);

        await ExitedAsync("(Stopped): the child process");
        await ExitedAsync("exited with code 0");
        Assert.Single(_notes.GetFiles());
    }

    [Fact]
    public async Task ProcessOfAHandler_InheritsNeitherTheLinkNorTheParentsPipe()
    {
        Controller controller = Harness.Start();

        string[] open = (string[])(await controller.Dispatch("descriptors-of-grandchild").Guarded())[0]!;

        // What this process itself was started with goes on to everything that it starts.
        Assert.Equal(await ChildWork.DescriptorsOfGrandchildAsync(), open);
    }

    private async Task<int> NoteExitAsync(Controller controller)
    {
        int process = await ProcessOfAsync(controller);
        await controller.Dispatch("note-exit", args: [Path.Combine(_notes.FullName, $"{process}")]).Guarded();
        return process;
    }

    private async Task ExitedAsync(string words)
    {
        for (
            int count = 1;
            !_log.Entries.Any(line => line.Contains(words, StringComparison.Ordinal));
            count = _log.Count + 1
        )
        {
            await _log.WaitForAsync(count);
        }
    }
}
