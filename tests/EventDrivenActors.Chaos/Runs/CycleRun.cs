using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>
/// Starts and stops a controller with its child again and again; descriptors, threads, processes and folders must come
/// back to where they were.
/// </summary>
internal sealed class CycleRun(int cycles)
{
    private const int WarmUp = 10;
    private const int Tolerance = 8;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.Runtime.CreateController(options =>
        {
            options.Name = "cycle";
            rig.AddChild(options);
        });
        (int Descriptors, int Threads) before = default;
        for (int cycle = 1; cycle <= cycles; cycle++)
        {
            controller.Run();
            _ = rig.Recorder.Work(controller, ordered: true);
            await controller.ShutdownAsync();
            if (cycle == Math.Min(WarmUp, cycles))
            {
                before = (Processes.Descriptors(), Processes.Threads());
            }

            if (cycle % 50 == 0)
            {
                progress?.Invoke(
                    $"cycle {cycle} of {cycles}: {Processes.Descriptors()} descriptors, {Processes.Threads()} threads"
                );
            }
        }

        bool back = await Processes.UntilAsync(
            () =>
                Processes.Descriptors() <= before.Descriptors + Tolerance
                && Processes.Threads() <= before.Threads + Tolerance,
            Patience
        );
        string change =
            $"descriptors {before.Descriptors} to {Processes.Descriptors()}, threads {before.Threads} to "
            + $"{Processes.Threads()}";
        progress?.Invoke(change);
        if (!back)
        {
            rig.Recorder.Leftover($"{cycles} cycles left something open: {change}.");
        }

        return await rig.EndAsync(Patience);
    }
}
