using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Recording;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Crashes;

/// <summary>One controller for all cells of the crash matrix: each of them costs it a child at most.</summary>
public sealed class CrashRig : IAsyncLifetime
{
    private readonly ChaosRig _rig = new();

    internal Controller Controller { get; private set; } = null!;

    internal SubprocessAdapter Child => _rig.Children[0];

    internal Recorder Recorder => _rig.Recorder;

    internal Journal<string> Said { get; } = new();

    public Task InitializeAsync()
    {
        Controller = _rig.StartController(
            "crash",
            child =>
            {
                BombHandlers.Map(child.Mapping);
                child.Idempotent("work-again");
                child.Environment["DOTNET_GCHeapHardLimit"] = "0x6000000";
                child.OutputReceived = line => Said.Add(line.Text);
            }
        );
        return Task.CompletedTask;
    }

    /// <summary>Completes with the child's process when the child takes events, and is not the one that died.</summary>
    internal async Task<int> ReadyAsync(int died = 0)
    {
        int process = 0;
        await Processes.UntilAsync(
            () => Child.State == ChildState.Ready && (process = Child.ProcessId ?? 0) != 0 && process != died,
            HangGuard.Limit
        );
        return process;
    }

    /// <summary>Whatever crashed, nothing is lost, doubled, hung, or left.</summary>
    public async Task DisposeAsync()
    {
        Verdict verdict = await _rig.EndAsync(HangGuard.Limit);
        await _rig.DisposeAsync();
        Assert.Empty(verdict.Reasons);
        Assert.NotEqual(0, verdict.Events);
    }
}
