using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Recording;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Crashes;

/// <summary>
/// Each way to fail at each point where a child runs a user's code: what the event ends as, and what its neighbours do.
/// </summary>
public sealed class CrashMatrixTests(CrashRig rig) : IClassFixture<CrashRig>
{
    public static TheoryData<string, string> Cells()
    {
        TheoryData<string, string> cells = [];
        foreach (CrashPoint point in Enum.GetValues<CrashPoint>())
        {
            foreach (CrashKind kind in Enum.GetValues<CrashKind>().Except([CrashKind.OutOfMemory]))
            {
                // One exit code tells as much as another at the other points.
                if (kind != CrashKind.ExitSeven || point == CrashPoint.Running)
                {
                    cells.Add(point.ToString(), kind.ToString());
                }
            }
        }

        return cells;
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public async Task Crash_AtAPoint_CostsItsOwnEventAndTheNextChildGoesOn(string at, string by)
    {
        (CrashPoint point, CrashKind kind) = (Enum.Parse<CrashPoint>(at), Enum.Parse<CrashKind>(by));
        bool lethal = kind != CrashKind.Throw || point == CrashPoint.Finalizer;
        int child = await rig.ReadyAsync();
        Assert.Equal(PendingStatus.Completed, (await rig.Recorder.Work(rig.Controller).Guarded()).Status);
        if (lethal)
        {
            rig.Recorder.Killed(child);
        }

        int said = rig.Said.Count;
        Deed deed =
            lethal ? Deed.Crash
            : point == CrashPoint.ReadingArgument ? Deed.Unreadable
            : Deed.Throw;
        Task<Settlement> crash = rig.Recorder.Send(
            rig.Controller,
            at,
            deed,
            id => BombHandlers.Arguments(point, id, kind)
        );
        Task<Settlement> again = rig.Recorder.WorkAgain(rig.Controller);
        Task<Settlement> behind = rig.Recorder.Work(rig.Controller);
        if (kind == CrashKind.Kill)
        {
            await ReachedAsync(said);
            Processes.Signal(child, Processes.SigKill);
        }

        Settlement settled = await crash.Guarded();
        Assert.Equal(lethal ? PendingStatus.ChildLost : PendingStatus.Faulted, settled.Status);
        Assert.Equal(PendingStatus.Completed, (await again.Guarded()).Status);
        Settlement neighbour = await behind.Guarded();
        if (neighbour.Status != PendingStatus.Completed)
        {
            // Beside a finalizer another event may run, and while a process dies whose worker has ended its event.
            Assert.True(
                lethal
                    && point is CrashPoint.Finalizer or CrashPoint.WritingResult
                    && neighbour is { Status: PendingStatus.ChildLost, Started: true },
                $"{neighbour}"
            );
        }

        Assert.Equal(PendingStatus.Completed, (await rig.Recorder.Work(rig.Controller).Guarded()).Status);
        if (lethal)
        {
            Assert.Equal(child, settled.ProcessId);
            Assert.True(settled.Started);
            Assert.Contains(End(kind), settled.Reason);
            Assert.NotEqual(child, rig.Child.ProcessId);
        }
        else
        {
            Assert.Equal(child, rig.Child.ProcessId);
        }
    }

    private static string End(CrashKind kind) =>
        kind switch
        {
            CrashKind.ExitZero => "exited with code 0",
            CrashKind.ExitSeven => "exited with code 7",
            CrashKind.Kill => "ended by signal 9",
            _ => "ended by signal 6",
        };

    private async Task ReachedAsync(int from)
    {
        for (int count = from; !rig.Said.Entries.Skip(from).Contains(Crash.Reached); count++)
        {
            await rig.Said.WaitForAsync(count + 1);
        }
    }
}
