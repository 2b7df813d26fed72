using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Recording;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Crashes;

/// <summary>A child whose heap is limited, and full: it says so or dies, and hangs nobody.</summary>
public sealed class OutOfMemoryTests(CrashRig rig) : IClassFixture<CrashRig>
{
    [Theory]
    [InlineData(nameof(CrashPoint.ReadingArgument))]
    [InlineData(nameof(CrashPoint.Running))]
    [InlineData(nameof(CrashPoint.WritingResult))]
    [InlineData(nameof(CrashPoint.Finalizer))]
    public async Task Child_ThatHasNoMemoryLeft_FailsItsEventsOrDies(string at)
    {
        CrashPoint point = Enum.Parse<CrashPoint>(at);
        int child = await rig.ReadyAsync();
        rig.Recorder.Killed(child);
        Deed deed = point == CrashPoint.ReadingArgument ? Deed.Unreadable : Deed.Throw;

        Settlement full = await rig
            .Recorder.Send(rig.Controller, at, deed, id => BombHandlers.Arguments(point, id, CrashKind.OutOfMemory))
            .Guarded();
        PendingStatus[] next = await Task.WhenAll(
            Enumerable.Range(0, 3).Select(_ => rig.Controller.Dispatch("no note").StatusAsync())
        );

        Assert.True(full.Status is PendingStatus.Faulted or PendingStatus.ChildLost, full.Reason);
        Assert.Contains(full.Status == PendingStatus.Faulted ? "OutOfMemoryException" : $"'{child}'", full.Reason);
        Assert.All(
            next,
            status => Assert.True(status is PendingStatus.Completed or PendingStatus.Faulted or PendingStatus.ChildLost)
        );
        if (rig.Child.ProcessId == child)
        {
            Processes.Signal(child, Processes.SigKill);
        }

        await rig.ReadyAsync(died: child);
        Assert.Equal(PendingStatus.Completed, (await rig.Recorder.Work(rig.Controller).Guarded()).Status);
    }
}
