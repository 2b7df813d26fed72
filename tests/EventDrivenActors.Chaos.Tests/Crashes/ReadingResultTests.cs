using EventDrivenActors.Chaos.Checking;
using EventDrivenActors.Chaos.Crashes;
using EventDrivenActors.Chaos.Runs;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Chaos.Tests.Crashes;

/// <summary>A result whose type fails in the parent, while it is read there.</summary>
public sealed class ReadingResultTests(CrashRig rig) : IClassFixture<CrashRig>
{
    [Fact]
    public async Task Result_ThatThrowsWhileTheParentReadsIt_FaultsItsOwnEventOnly()
    {
        Task<Settlement> bad = rig.Recorder.Send(rig.Controller, "bad result", Deed.Throw, [CrashKind.Throw]);
        Task<Settlement> behind = rig.Recorder.Work(rig.Controller);

        Settlement settled = await bad.Guarded();

        Assert.Equal(PendingStatus.Faulted, settled.Status);
        Assert.Contains("'bad result'", settled.Reason);
        Assert.Contains("throws on purpose", settled.Reason);
        Assert.Equal(PendingStatus.Completed, (await behind.Guarded()).Status);
        Assert.Equal(0, rig.Child.Restarts);
    }
}
