using AssemblyCensus.Reporting;
using AssemblyCensus.Running;

namespace EventDrivenActors.Samples.Tests.Census;

public class ProgressBarTests
{
    [Theory]
    [InlineData(0, 0, "----------------------------------------   0 %")]
    [InlineData(50, 10, "####################--------------------  50 %  0:05 left")]
    [InlineData(99, 0.001, "#######################################-  99 %  16:40 left")]
    [InlineData(0, 0.01, "----------------------------------------   0 %  2:46:40 left")]
    [InlineData(100, 10, "######################################## 100 %")]
    public void Of_ARunAtSomePoint_SaysHowFarAndHowLong(int done, double rate, string expected) =>
        Assert.Equal(expected, ProgressBar.Of(new ProgressSnapshot(100, done, 0, rate, false, [])));

    [Fact]
    public void Of_NothingToDo_IsFull() =>
        Assert.EndsWith("100 %", ProgressBar.Of(new ProgressSnapshot(0, 0, 0, 0, false, [])));
}
