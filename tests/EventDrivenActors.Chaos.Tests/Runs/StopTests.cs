using System.Diagnostics;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Handlers;
using EventDrivenActors.Chaos.Recording;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Runs;

/// <summary>Children that do not want to go, and parents that go first.</summary>
public sealed class StopTests
{
    [Fact]
    public async Task Shutdown_WhoseHandlersProcessIgnoresSigTerm_LeavesNeither()
    {
        await using ChaosRig rig = new();
        TaskCompletionSource<(int Child, int Grandchild)> busy = new();
        Controller controller = rig.StartController(
            "stubborn",
            child => child.Mapping.On("occupy", Grandchildren.OccupyAsync),
            parent =>
                parent.Mapping.On(
                    "busy",
                    (int child, int grandchild) =>
                    {
                        busy.SetResult((child, grandchild));
                    }
                )
        );
        Pending stubborn = controller.Dispatch("occupy");
        (int process, int grandchild) = await busy.Task.Guarded();
        Assert.True(Processes.IsAlive(grandchild));

        await controller.ShutdownAsync(ShutdownMode.Abort).Guarded();

        Assert.Equal(PendingStatus.Cancelled, stubborn.Status);
        await GoneAsync([process, grandchild]);
        Assert.Empty((await rig.EndAsync(HangGuard.Limit)).Reasons);
    }

    [Theory]
    [InlineData("")]
    [InlineData(nameof(CrashKind.FailFast))]
    public async Task Parent_ThatIsKilledOrCrashesReadingAResult_TakesItsChildrenAndTheirsWithIt(string crash)
    {
        using ChaosFolder folder = new();
        using Process parent = ParentProgram.Start(folder.Notes);
        _ = parent.StandardError.ReadToEndAsync();
        int[] processes = await ParentProgram.ProcessesAsync(parent).Guarded();
        Assert.Equal(5, processes.Count(Processes.IsAlive));

        if (crash.Length == 0)
        {
            Processes.Signal(parent.Id, Processes.SigKill);
        }
        else
        {
            await parent.StandardInput.WriteLineAsync(crash);
        }

        await parent.WaitForExitAsync().Guarded();
        Assert.Equal(crash.Length == 0 ? 137 : 134, parent.ExitCode);
        await GoneAsync(processes);
    }

    [Fact]
    public async Task Parent_KilledWhileItsChildrenAreStopped_TakesThemAndTheirsWithIt()
    {
        using ChaosFolder folder = new();
        using Process parent = ParentProgram.Start(folder.Notes);
        _ = parent.StandardError.ReadToEndAsync();
        int[] processes = await ParentProgram.ProcessesAsync(parent).Guarded();
        foreach (int process in processes)
        {
            Processes.Signal(process, Processes.SigStop);
        }

        Processes.Signal(parent.Id, Processes.SigKill);

        await parent.WaitForExitAsync().Guarded();
        await GoneAsync(processes);
    }

    [Fact]
    public async Task Guard_OfAParent_HoldsNothingOfIt_OutlivesSignalsToAll_AndGoesLast()
    {
        using ChaosFolder folder = new();
        using Process parent = ParentProgram.Start(folder.Notes);
        _ = parent.StandardError.ReadToEndAsync();
        int[] processes = await ParentProgram.ProcessesAsync(parent).Guarded();

        int guard = Assert.Single(Processes.ChildrenOf(parent.Id), child => !processes.Contains(child));

        Assert.Contains(guard, Processes.SessionOf(guard));
        Assert.Equal(
            ["0", "1", "2"],
            Directory.GetFileSystemEntries($"/proc/{guard}/fd").Select(Path.GetFileName).Order()
        );
        Assert.Equal("/", new DirectoryInfo($"/proc/{guard}/cwd").LinkTarget);
        foreach (int signal in (int[])[1, 2, 3, Processes.SigTerm])
        {
            Processes.Signal(guard, signal);
        }

        Assert.True(Processes.IsAlive(guard));
        Processes.Signal(parent.Id, Processes.SigKill);
        await GoneAsync([.. processes, guard]);
    }

    private static async Task GoneAsync(IEnumerable<int> processes)
    {
        foreach (int process in processes)
        {
            Assert.True(
                await Processes.UntilAsync(() => !Processes.IsAlive(process), HangGuard.Limit),
                $"The process '{process}' is left."
            );
        }
    }
}
