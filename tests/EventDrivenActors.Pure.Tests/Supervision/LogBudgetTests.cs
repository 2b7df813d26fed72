using EventDrivenActors.Subprocess.Supervision;

namespace EventDrivenActors.Pure.Tests.Supervision;

public sealed class LogBudgetTests
{
    [Fact]
    public void Flood_IsCutAndSaidOnceASecond()
    {
        LogBudget budget = new(3);
        for (int second = 0; second < 2; second++)
        {
            (bool Logged, bool First)[] lines =
            [
                .. Enumerable
                    .Range(0, 6)
                    .Select(_ => (budget.Take(TimeSpan.FromSeconds(second), out bool first), first)),
            ];

            Assert.Equal([true, true, true, false, false, false], lines.Select(line => line.Logged));
            Assert.Equal([false, false, false, true, false, false], lines.Select(line => line.First));
        }
    }
}
