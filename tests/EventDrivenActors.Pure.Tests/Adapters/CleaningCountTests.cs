using EventDrivenActors.Adapters;
using EventDrivenActors.TestSupport;

namespace EventDrivenActors.Pure.Tests.Adapters;

public sealed class CleaningCountTests
{
    [Fact]
    public void Wait_GivesWhatHasEnded_AndIsOverAtItsLimit()
    {
        CleaningCount count = new(TimeSpan.FromMilliseconds(1));
        count.Begin();
        count.Begin();
        count.End(2);

        Assert.Equal(2, count.Wait());
    }

    [Fact]
    public void Wait_ForAllCalls_HasWhatAllHaveCancelled()
    {
        CleaningCount count = new(HangGuard.Limit);
        count.Begin();
        count.Begin();
        count.End(2);
        new Thread(() => count.End(3)) { IsBackground = true }.Start();

        Assert.Equal(5, count.Wait());
    }
}
