using System.Diagnostics;
using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Recording;

namespace EventDrivenActors.Chaos.Runs;

/// <summary>
/// Holds deaths to the contract's own times, which only a quiet machine can show: what a dead child had settles within
/// a second, and what a dead parent had is gone within two.
/// </summary>
internal sealed class EndTimesRun(int rounds)
{
    private static readonly TimeSpan Settles = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Goes = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly List<Violation> _late = [];
    private TimeSpan _slowestChild;
    private TimeSpan _slowestParent;

    /// <summary>Runs to the end.</summary>
    /// <param name="progress">Hears the longest times.</param>
    public async Task<Verdict> RunAsync(Action<string>? progress = null)
    {
        await using ChaosRig rig = new();
        Controller controller = rig.StartController("timed");
        for (int round = 0; round < rounds; round++)
        {
            await KillChildAsync(rig, controller);
            await KillParentAsync(stopped: round % 2 == 1);
        }

        progress?.Invoke(
            $"{rounds} children and {rounds} parents killed: what a child had settled within "
                + $"{Milliseconds(_slowestChild)}, what a parent had was gone within {Milliseconds(_slowestParent)}."
        );
        Verdict verdict = await rig.EndAsync(Patience);
        return verdict with { Violations = [.. verdict.Violations, .. _late] };
    }

    private async Task KillChildAsync(ChaosRig rig, Controller controller)
    {
        await rig.Recorder.Work(controller);
        int child = rig.Children[0].ProcessId!.Value;
        Task<Settlement> running = rig.Recorder.Send(controller, "ignore", Deed.Ignore, []);
        await Processes.UntilAsync(
            () =>
                Notebook
                    .Read(rig.Folder.Notes)
                    .Any(note => note.EventId == rig.Recorder.Accepted && note.Kind == NoteKind.Begin),
            Patience
        );
        rig.Recorder.Killed(child);
        long began = Stopwatch.GetTimestamp();
        Processes.Signal(child, Processes.SigKill);
        await running;
        _slowestChild = Judge(
            Stopwatch.GetElapsedTime(began),
            Settles,
            _slowestChild,
            $"an event of the child '{child}' had not settled"
        );
    }

    private async Task KillParentAsync(bool stopped)
    {
        using ChaosFolder folder = new();
        using Process parent = ParentProgram.Start(folder.Notes);
        _ = parent.StandardError.ReadToEndAsync();
        int[] processes = await ParentProgram.ProcessesAsync(parent);
        foreach (int process in stopped ? processes : [])
        {
            Processes.Signal(process, Processes.SigStop);
        }

        long began = Stopwatch.GetTimestamp();
        Processes.Signal(parent.Id, Processes.SigKill);
        await Processes.UntilAsync(() => !processes.Any(Processes.IsAlive), Patience);
        _slowestParent = Judge(
            Stopwatch.GetElapsedTime(began),
            Goes,
            _slowestParent,
            $"the processes of the parent '{parent.Id}' were not gone"
        );
    }

    private TimeSpan Judge(TimeSpan took, TimeSpan limit, TimeSpan slowest, string what)
    {
        if (took > limit)
        {
            _late.Add(
                new Violation(
                    ViolationKind.Broken,
                    null,
                    $"Broken: {what} after {Milliseconds(limit)}; it took {Milliseconds(took)}."
                )
            );
        }

        return took > slowest ? took : slowest;
    }

    private static string Milliseconds(TimeSpan time) => $"{time.TotalMilliseconds:F0} ms";
}
