using EventDrivenActors.Chaos.Checking;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>
/// A child that writes lines by the mebibyte, and one that has no end: its parent's memory stays, and its other events
/// do not wait.
/// </summary>
internal sealed class FloodRun(int lines, int endless)
{
    private const int Mebibyte = 1024 * 1024;
    private const long Bound = 32 * Mebibyte;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    /// <summary>The longest line that was heard.</summary>
    public int Longest { get; private set; }

    /// <summary>How many characters were heard, without line ends.</summary>
    public long Heard { get; private set; }

    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController(
            "flood",
            child =>
            {
                child.Workers = 2;
                child.OutputReceived = line =>
                {
                    Heard += line.Text.Length;
                    Longest = Math.Max(Longest, line.Text.Length);
                };
            }
        );
        await rig.Recorder.Work(controller);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        long most = 0;
        foreach ((int amount, bool breaks) in new[] { (lines, true), (endless, false) })
        {
            Task<Settlement> flood = rig.Recorder.Send(controller, "flood", Deed.Work, [amount, breaks]);
            while (!flood.IsCompleted)
            {
                await rig.Recorder.Work(controller, milliseconds: 5);

                // What lives, not what waits to be collected.
                GC.Collect();
                most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: false) - before);
            }
        }

        long kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        progress?.Invoke(
            $"{Heard / Mebibyte} MiB heard, the longest line {Longest}; memory: {most / Mebibyte} MiB more at most, "
                + $"{kept / Mebibyte} MiB in the end"
        );
        if (most > Bound)
        {
            rig.Recorder.Leftover($"The flood took {most} bytes of the parent's memory while it lasted.");
        }

        if (kept > Bound)
        {
            rig.Recorder.Leftover($"The flood left {kept} bytes in the parent's memory.");
        }

        return await rig.EndAsync(Patience);
    }
}
